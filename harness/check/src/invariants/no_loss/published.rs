//! Messages that came, or had to come, from topics.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::{Loss, Losses};
use crate::invariants::fan_out_complete::is_owed;
use crate::mutation::mutated;
use crate::topics::{Publish, Topics};
use crate::traffic::{Named, Queue};

/// Adds messages that a topic accepted for the queue and that had no effect. What the backend says never reached the queue is no loss of the
/// consumer's: `fan-out-complete` is about that.
pub(super) fn add(queue: Queue<'_, '_>, losses: &mut Losses<'_, '_>) {
    let traffic = queue.traffic;
    let topics = traffic.topics();
    if topics.publishes.is_empty() {
        return;
    }
    let arrived = Arrived::of(queue, topics);
    let struck = traffic.named(&["N2", "N3", "N4", "N7", "N8", "N13", "S28", "S37", "S38"]);
    for (notice, publish) in topics.acknowledged() {
        let has_effect = traffic.keys.find(&publish.key).is_some_and(|key| traffic.first_effect(key).is_some());
        // What was received, some subscription brought, known or not.
        let message = arrived.message(notice, publish);
        let is_due = || {
            !queue.expectation.poison.contains(&*publish.key) && is_awaited(queue, topics, (notice, publish), &struck)
        };
        if !has_effect && (message.is_some() || is_due()) {
            losses.add(Loss { message, shown: publish.shown(), at_ms: publish.span.end_ms });
        }
    }
}

/// Whether a message that was not received is, or must be, in the queue.
fn is_awaited(
    queue: Queue<'_, '_>,
    topics: &Topics<'_>,
    (notice, publish): (usize, &Publish<'_>),
    struck: &Named<'_>,
) -> bool {
    let prepared = publish.filterable();
    let own = queue.number.and_then(|number| topics.arrivals.by_queue.get(&number)).into_iter().flatten();
    let mut of_topic = own.filter(|&&number| topics.subscriptions[number].topic == publish.topic).peekable();
    if of_topic.peek().is_none() {
        let names = [topics.ids.text(notice), publish.topic, &publish.key];
        let promised = queue.scene.topics.iter().any(|topic| topic == publish.topic);
        return promised && !topics.tells && !struck.covers(names.into_iter().chain(publish.group));
    }
    of_topic.any(|&number| {
        let told = || topics.passages.get(&(notice, number)).is_some_and(|passage| passage.delivered);
        is_owed(topics, (publish, &prepared), number)
            && (!topics.tells || told() || mutated("no-loss: what is told to wait counts"))
            && !topics.excuses(struck, notice, number)
    })
}

/// Messages of the queue that came from topics.
struct Arrived<'t> {
    /// By the number of what was published, of those that came in envelopes.
    wrapped: HashMap<usize, usize, FxBuildHasher>,
    /// By the body, of those that came without.
    raw: HashMap<&'t str, usize, FxBuildHasher>,
}

impl<'t> Arrived<'t> {
    fn of(queue: Queue<'t, '_>, topics: &Topics<'_>) -> Self {
        let deliveries = &queue.traffic.deliveries;
        let wrapped = topics.arrivals.wrapped.iter().filter(|arrival| Some(arrival.queue) == queue.number);
        // What was sent to the queue itself counts as such.
        let raw = queue.deliveries().filter(|(_, delivery)| queue.traffic.messages[delivery.message].sent.is_none());
        Self {
            wrapped: wrapped.map(|arrival| (arrival.message, deliveries[arrival.delivery].message)).collect(),
            raw: raw.map(|(_, delivery)| (delivery.body, delivery.message)).collect(),
        }
    }

    fn message(&self, notice: usize, publish: &Publish<'_>) -> Option<usize> {
        self.wrapped.get(&notice).or_else(|| self.raw.get(&*publish.queue_body)).copied()
    }
}
