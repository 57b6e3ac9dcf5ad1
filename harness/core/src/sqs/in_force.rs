//! The attributes that requests see, which may lag behind those that read back.

use std::collections::VecDeque;

use super::settings::Settings;
use crate::Timestamp;

/// The attributes that requests see.
#[derive(Debug)]
pub(super) struct InForce {
    settings: Settings,
    changes: VecDeque<(Timestamp, Settings)>,
}

impl InForce {
    /// What a new queue was made with.
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, changes: VecDeque::new() }
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
            changed = true;
        }
        changed
    }
}
