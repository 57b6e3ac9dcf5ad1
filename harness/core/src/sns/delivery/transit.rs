//! What a delivery needs besides the message.

use std::sync::Arc;

use crate::log::Log;
use crate::sns::{Event, Happening};
use crate::sqs::Sqs;
use crate::{Oracle, Timestamp};

/// The circumstances of deliveries.
pub(crate) struct Transit<'a> {
    /// When they are made.
    pub(crate) now: Timestamp,
    /// The queues.
    pub(crate) sqs: &'a mut Sqs,
    /// Where events and effects go.
    pub(crate) log: &'a mut Log,
    /// Decides where AWS keeps a freedom.
    pub(crate) oracle: &'a mut dyn Oracle,
    /// Whether endpoints do not take what is delivered.
    pub(crate) is_refused: bool,
}

impl Transit<'_> {
    /// Notes what happened to a message of a topic.
    pub(in crate::sns) fn tell(&mut self, topic: &Arc<str>, what: impl FnOnce() -> Happening) {
        let at = self.now;
        self.log.sns(|| Event { at, topic: Arc::clone(topic), what: what() });
    }
}
