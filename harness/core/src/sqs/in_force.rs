//! The attributes that requests see, which may lag behind those that read back.

use std::collections::VecDeque;
use std::sync::Arc;

use super::deliver::Sender;
use super::settings::Settings;
use crate::Timestamp;

/// The attributes that requests see.
#[derive(Debug)]
pub(super) struct InForce {
    settings: Settings,
    changes: VecDeque<(Timestamp, Settings)>,
    /// Whom the policy let in last: a policy says the same as long as it is the same.
    let_in: Option<LetIn>,
}

/// A service that a policy lets in on behalf of something.
#[derive(Debug)]
struct LetIn {
    service: &'static str,
    source_arn: Arc<str>,
    source_account: Arc<str>,
}

impl InForce {
    /// What a new queue was made with.
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, changes: VecDeque::new(), let_in: None }
    }

    /// What requests see.
    pub(super) fn get(&self) -> &Settings {
        &self.settings
    }

    /// Lets requests see `settings` from `at` on, but not before an earlier change.
    pub(super) fn change(&mut self, at: Timestamp, settings: Settings) -> Timestamp {
        let at = self.changes.back().map_or(at, |&(last, _)| at.max(last));
        self.changes.push_back((at, settings));
        at
    }

    /// Brings the changes that are due by `now` into force; true when there was one.
    pub(super) fn settle(&mut self, now: Timestamp) -> bool {
        let mut changed = false;
        while let Some((_, settings)) = self.changes.pop_front_if(|(at, _)| *at <= now) {
            self.settings = settings;
            self.let_in = None;
            changed = true;
        }
        changed
    }

    /// Notes that the policy lets a service in.
    pub(super) fn let_in(&mut self, sender: Sender<'_>) {
        self.let_in = Some(LetIn {
            service: sender.service,
            source_arn: Arc::clone(sender.source_arn),
            source_account: Arc::clone(sender.source_account),
        });
    }

    /// Whether the policy let this service in before.
    pub(super) fn has_let_in(&self, sender: Sender<'_>) -> bool {
        self.let_in.as_ref().is_some_and(|LetIn { service, source_arn, source_account }| {
            *service == sender.service && source_arn == sender.source_arn && source_account == sender.source_account
        })
    }
}
