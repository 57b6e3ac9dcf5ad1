//! Queues and their messages as they are, to be looked at from outside; nothing is changed by looking.

use std::sync::Arc;

use super::Sqs;
use super::attributes::readable;
use super::queue::Queue;
use crate::{Timestamp, Uuid};

/// A queue as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueView {
    /// Account id of the owner.
    pub account: Arc<str>,
    /// Region.
    pub region: Arc<str>,
    /// Name.
    pub name: Arc<str>,
    /// ARN.
    pub arn: Arc<str>,
    /// Attributes by their API names, without the counters, in the order of the API model.
    pub attributes: Vec<(String, String)>,
    /// Tags, in the order of the keys.
    pub tags: Vec<(String, String)>,
    /// Exact numbers of messages, whatever the approximate counters say.
    pub counters: Counters,
    /// The oldest messages, oldest first; as many as were asked for.
    pub messages: Vec<MessageView>,
}

/// Exact numbers of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counters {
    /// Messages that can be received; on a FIFO queue also those that wait for others of their group.
    pub visible: u64,
    /// Messages that were received and neither deleted nor visible again.
    pub in_flight: u64,
    /// Messages whose delay is not over.
    pub delayed: u64,
    /// Receives that wait for messages.
    pub waiting_receives: u64,
}

/// A message as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    /// Its id.
    pub id: Uuid,
    /// Its body.
    pub body: String,
    /// Whether it can be received.
    pub state: MessageState,
    /// How often it was received, over all queues.
    pub receive_count: u32,
    /// When it was enqueued.
    pub sent_at: Timestamp,
    /// When it becomes visible; `None` when it is.
    pub visible_at: Option<Timestamp>,
    /// Its message group.
    pub group: Option<Arc<str>>,
}

/// Whether a message can be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// It can; on a FIFO queue it may wait for others of its group.
    Visible,
    /// It was received.
    InFlight,
    /// Its delay is not over.
    Delayed,
}

impl Sqs {
    /// All queues, by account, region and name, each with its `messages` oldest messages.
    pub(crate) fn view(&self, messages: usize) -> Vec<QueueView> {
        let mut queues: Vec<_> = self.queues.iter().flatten().map(|queue| queue.view(messages)).collect();
        queues.sort_by(|a, b| (&a.account, &a.region, &a.name).cmp(&(&b.account, &b.region, &b.name)));
        queues
    }
}

impl Queue {
    fn view(&self, messages: usize) -> QueueView {
        QueueView {
            account: Arc::clone(&self.key.account),
            region: Arc::clone(&self.key.region),
            name: Arc::clone(&self.key.name),
            arn: Arc::clone(&self.arn),
            attributes: readable(self).into_iter().map(|(name, value)| (name.as_str().to_owned(), value)).collect(),
            tags: self.tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            counters: Counters {
                visible: self.messages.visible() as u64,
                in_flight: self.messages.hidden() as u64,
                delayed: self.messages.delayed() as u64,
                waiting_receives: self.waiting.len() as u64,
            },
            messages: self.messages.view(messages),
        }
    }
}
