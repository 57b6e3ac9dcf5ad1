//! Every message that a topic accepted reaches every subscription that wants it.

use redeliver_core::sns::filter_policy::Filterable;

use crate::mutation::mutated;
use crate::topics::{Publish, Subscription, Topics, Wants};
use crate::traffic::{Traffic, place};
use crate::{Expectation, Verdict};

/// AWS delivers at least once to each subscription whose filter policy matches
/// (<https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html>,
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>).
///
/// Needs acknowledged publishes to a topic with a confirmed subscription. Where the backend tells what happens inside it, something has to
/// be told of each message and subscription: that it arrived, waits, was dead-lettered, or was given up and why. Where it does not, the
/// message has to come out of the queue, in a history that goes on until the queues were drained; nothing can be said then of other
/// protocols, and of a queue that nothing came through at all, for its policy may be what keeps everything out. Allows for what the chaos
/// held back, dropped, unwrapped or ended on the way (N2 to N4, N7, N8, N13, S37, S38).
pub(super) fn check(traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    let topics = traffic.topics();
    let named = traffic.named(&["N2", "N3", "N4", "N7", "N8", "N13", "S37", "S38"]);
    let open = open(topics);
    let (mut judged, mut undrained, mut witness) = (false, false, Vec::new());
    for (message, publish) in topics.acknowledged() {
        let prepared = publish.filterable();
        for &number in topics.by_topic.get(publish.topic).into_iter().flatten() {
            if !is_owed(topics, (publish, &prepared), number) || topics.excuses(&named, message, number) {
                continue;
            }
            let fate = if topics.tells {
                told(topics, traffic, message, number)
            } else {
                seen(topics, traffic, (message, number), &open)
            };
            judged |= fate != Fate::Unknown;
            if let Fate::Missing(why) = fate
                && !mutated("fan-out-complete: nothing is missing")
            {
                undrained |= !topics.tells && !expectation.drained;
                let (shown, at, who) = (publish.shown(), publish.span.end_ms, topics.who(number));
                witness.push(format!("{shown} was accepted at {at} ms and {why} {who}"));
            }
        }
    }
    match (judged, undrained) {
        (false, _) => Verdict::unknown("acknowledged publishes to a topic with a confirmed subscription"),
        (true, true) => Verdict::unknown("a history that goes on until the queues were drained"),
        (true, false) => Verdict::from_witness(witness),
    }
}

/// Whether a subscription was there for a message and wants it, whatever policy is in force.
pub(super) fn is_owed(topics: &Topics<'_>, prepared: (&Publish<'_>, &Filterable<'_>), number: usize) -> bool {
    let (publish, _) = prepared;
    let subscription = &topics.subscriptions[number];
    let there =
        subscription.is_active(publish.span.begin, publish.span.end) || mutated("fan-out-complete: unconfirmed counts");
    let wanted = || {
        let wants = topics.wants_until_settled(number, prepared);
        wants == Wants::Always || mutated("fan-out-complete: filtered counts")
    };
    // One that was sent the past of its topic gets nothing new for a while.
    there && subscription.is_known() && !subscription.replayed && wanted()
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It came, or may still come.
    Fine,
    /// It did not come, in words.
    Missing(&'static str),
    /// The history does not tell.
    Unknown,
}

/// What the backend told.
fn told(topics: &Topics<'_>, traffic: &Traffic<'_>, message: usize, number: usize) -> Fate {
    let Some(passage) = topics.passages.get(&(message, number)) else { return Fate::Missing("never reached") };
    // What waits is forgotten when its subscription ends.
    let ended = topics.subscriptions[number].lives.last().is_none_or(|life| life.end.is_some());
    let waits = passage.until_ms.is_some_and(|until_ms| until_ms >= traffic.end.1 || ended);
    if passage.delivered || passage.given_up || waits && !mutated("fan-out-complete: nothing waits") {
        return Fate::Fine;
    }
    Fate::Missing(match passage.filtered_ms {
        Some(_) => "was kept back, although its filter policy matches it, from",
        None => "never reached",
    })
}

/// What came out of queues.
fn seen(topics: &Topics<'_>, traffic: &Traffic<'_>, (message, number): (usize, usize), open: &[bool]) -> Fate {
    let subscription: &Subscription<'_> = &topics.subscriptions[number];
    let Some(name) = subscription.queue() else { return Fate::Unknown };
    let queue = traffic.queues.find(place(name));
    if topics.arrivals.has(topics, message, number, queue) {
        return Fate::Fine;
    }
    let emptied = || queue.is_some_and(|queue| traffic.emptied.contains(&queue));
    // What a subscription that ended was still owed, nobody knows.
    let ended = || subscription.lives.last().is_none_or(|life| life.end.is_some());
    if !open[number] || emptied() || ended() { Fate::Unknown } else { Fate::Missing("never came through") }
}

/// For each subscription whether anything came through it: then it lets messages in.
fn open(topics: &Topics<'_>) -> Vec<bool> {
    let mut open = vec![false; topics.subscriptions.len()];
    for arrival in &topics.arrivals.wrapped {
        match arrival.subscription {
            Some(number) => open[number] = true,
            None => {
                for &number in topics.arrivals.by_queue.get(&arrival.queue).into_iter().flatten() {
                    open[number] = true;
                }
            }
        }
    }
    for arrival in &topics.arrivals.raw {
        for &number in topics.arrivals.by_queue.get(&arrival.queue).into_iter().flatten() {
            open[number] |= topics.subscriptions[number].was_raw();
        }
    }
    open
}
