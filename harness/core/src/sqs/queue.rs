//! One queue: identity, settings, messages.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::in_force::InForce;
use super::messages::Messages;
use super::settings::Settings;
use crate::{Oracle, Ticket, Timestamp};

/// What makes a queue unique.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct QueueKey {
    /// Account id of the owner.
    pub(crate) account: Arc<str>,
    /// Region.
    pub(crate) region: Arc<str>,
    /// Name, with `.fifo` on FIFO queues.
    pub(crate) name: Arc<str>,
}

/// Place of a queue among all queues; stays the same as long as the queue lives and is not used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct QueueId(pub(crate) u32);

impl QueueId {
    /// As an index.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One queue.
#[derive(Debug)]
pub(crate) struct Queue {
    /// What makes it unique.
    pub(crate) key: QueueKey,
    /// Its ARN.
    pub(crate) arn: Arc<str>,
    /// When it was created.
    pub(crate) created_at: Timestamp,
    /// When its attributes were last changed.
    pub(crate) modified_at: Timestamp,
    /// Its settable attributes as they read back; what requests see is `in_force`.
    pub(crate) settings: Settings,
    /// The attributes that requests see.
    pub(super) in_force: InForce,
    /// Its tags, in the order of the keys.
    pub(crate) tags: BTreeMap<String, String>,
    /// When it was last purged.
    pub(crate) purged_at: Option<Timestamp>,
    /// Its messages.
    pub(super) messages: Messages,
    /// Receives that wait for messages, in the order in which they came.
    pub(super) waiting: VecDeque<Ticket>,
    /// When the agenda looks at its messages again, and whether that is worth waking the shell.
    pub(super) alarm: Option<Alarm>,
}

/// An entry of a queue in the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alarm {
    /// When.
    pub(super) at: Timestamp,
    /// Whether somebody waits for it.
    pub(super) loud: bool,
}

impl Queue {
    /// A new queue without messages.
    pub(crate) fn new(
        now: Timestamp,
        key: QueueKey,
        arn: Arc<str>,
        settings: Settings,
        oracle: &mut dyn Oracle,
    ) -> Self {
        let messages = Messages::new(&settings, oracle);
        Self {
            key,
            arn,
            created_at: now,
            modified_at: now,
            in_force: InForce::new(settings.clone()),
            settings,
            tags: BTreeMap::new(),
            purged_at: None,
            messages,
            waiting: VecDeque::new(),
            alarm: None,
        }
    }

    /// Whether it is a FIFO queue.
    pub(crate) fn is_fifo(&self) -> bool {
        self.settings.fifo.is_some()
    }
}
