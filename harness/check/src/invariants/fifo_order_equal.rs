//! Every subscriber of a FIFO topic gets each message group in one order, that of sequence numbers.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::mutation::mutated;
use crate::topics::Topics;
use crate::traffic::{Latest, Traffic};
use crate::{Expectation, Verdict};

/// What a queue has got of a message group so far.
#[derive(Default)]
struct Seen {
    latest: Latest<(u128, usize)>,
    /// The last first arrival: number, message and delivery, for the order within one answer.
    last: Option<(u128, usize, usize)>,
}

/// FIFO topics keep the order within message groups all the way to FIFO queues
/// (<https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html>); standard queues keep none.
///
/// Needs sequence numbers of messages in groups, from the answers to publishes, from envelopes or told by the backend. Checks that numbers
/// grow in the order of publishing, in the order in which the backend put messages into each queue, and in the order in which each queue
/// first gave them out. Says nothing of subscriptions that were sent the past of their topic. Allows for what the chaos reordered or held
/// back on the way (N2, N3, N9, S5, S6, S29, S32, S34).
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let topics = traffic.topics();
    let mut witness = Vec::new();
    let published = published(topics, &mut witness);
    let enqueued = enqueued(topics, traffic, &mut witness);
    let received = received(topics, traffic, &mut witness);
    if published || enqueued || received {
        Verdict::from_witness(witness)
    } else {
        Verdict::unknown("sequence numbers of messages in groups of a FIFO topic")
    }
}

/// Whether numbers grow in the order of publishing.
fn published(topics: &Topics<'_>, witness: &mut Vec<String>) -> bool {
    let mut groups: HashMap<(&str, &str), Latest<(u128, usize)>, FxBuildHasher> = HashMap::default();
    let mut numbered = false;
    for (message, publish) in topics.acknowledged() {
        let (Some(group), Some(sequence)) = (publish.group, publish.sequence) else { continue };
        numbered = true;
        let latest = groups.entry((publish.topic, group)).or_default();
        if let Some((greater, other)) = latest.before(publish.span.begin).filter(|(other, _)| *other >= sequence)
            && !mutated("fifo-order-equal: publishes in any order")
        {
            let (shown, earlier) = (topics.shown(message), topics.shown(other));
            witness.push(format!(
                "group `{group}`: {shown} got the number {sequence}, {earlier}, which was published before it, {greater}"
            ));
        }
        latest.add(publish.span.end, (sequence, message));
    }
    numbered
}

/// Whether the backend put messages into each FIFO queue in the order of their numbers.
fn enqueued(topics: &Topics<'_>, traffic: &Traffic<'_>, witness: &mut Vec<String>) -> bool {
    let named = traffic.named(&["N2", "N9"]);
    let mut greatest: HashMap<(usize, &str), (u128, usize), FxBuildHasher> = HashMap::default();
    let mut seen: hashbrown::HashSet<(usize, usize), FxBuildHasher> = hashbrown::HashSet::default();
    let mut numbered = false;
    for &(message, number) in &topics.enqueued {
        let subscription = &topics.subscriptions[number];
        let notice = &topics.notices[message];
        let (Some(group), Some(sequence)) = (notice.group, notice.sequence) else { continue };
        if !subscription.is_ordered() || subscription.replayed || !seen.insert((message, number)) {
            continue;
        }
        numbered = true;
        let last = greatest.entry((number, group)).or_insert((sequence, message));
        if last.0 > sequence
            && !topics.excuses(&named, message, number)
            && !mutated("fifo-order-equal: enqueued in any order")
        {
            let (shown, other, who) = (topics.shown(message), topics.shown(last.1), topics.who(number));
            witness.push(format!(
                "group `{group}`: {shown} with number {sequence} was put after {other} with {} into {who}",
                last.0
            ));
        }
        if last.0 < sequence {
            *last = (sequence, message);
        }
    }
    numbered
}

/// Whether each FIFO queue first gave messages out in the order of their numbers.
fn received(topics: &Topics<'_>, traffic: &Traffic<'_>, witness: &mut Vec<String>) -> bool {
    let named = traffic.named(&["N2", "N3", "N9"]);
    let excuse = traffic.excuse(&["S5", "S6", "S29", "S32", "S34"]);
    let mut groups: HashMap<(usize, &str, &str), Seen, FxBuildHasher> = HashMap::default();
    let mut seen: hashbrown::HashSet<(usize, usize), FxBuildHasher> = hashbrown::HashSet::default();
    let mut numbered = false;
    for (at, message) in arrivals(topics) {
        let delivery = &traffic.deliveries[at];
        let (notice, queue) = (&topics.notices[message], delivery.queue);
        let Some(number) = subscriber(topics, message, queue) else { continue };
        let (Some(group), Some(sequence)) = (notice.group, notice.sequence) else { continue };
        if !seen.insert((queue, message)) {
            continue;
        }
        numbered = true;
        let state = groups.entry((queue, topics.subscriptions[number].topic, group)).or_default();
        let same = state.last.filter(|(.., other)| traffic.deliveries[*other].span == delivery.span);
        let earlier =
            [state.latest.before(delivery.span.begin), same.map(|(sequence, message, _)| (sequence, message))];
        let excused =
            topics.excuses(&named, message, number) || excuse.covers(traffic, delivery.message, delivery.span.end);
        if let Some((greater, other)) = earlier.into_iter().flatten().max().filter(|(other, _)| *other > sequence)
            && !excused
            && !mutated("fifo-order-equal: received in any order")
        {
            let (shown, other, name) = (topics.shown(message), topics.shown(other), traffic.queues.text(queue));
            let at = delivery.span.end_ms;
            witness.push(format!(
                "group `{group}`: {shown} with number {sequence} came out of `{name}` at {at} ms, after {other} with {greater}"
            ));
        }
        state.latest.add(delivery.span.end, (sequence, message));
        state.last = Some((sequence, message, at));
    }
    numbered
}

/// Messages that came out of queues, each with the number of the delivery, in the order of the receives. A message without an envelope is known
/// by its body, if only one was published with it.
fn arrivals(topics: &Topics<'_>) -> Vec<(usize, usize)> {
    let mut all: Vec<_> = topics.arrivals.wrapped.iter().map(|one| (one.delivery, one.message)).collect();
    for arrival in &topics.arrivals.raw {
        let mut ids: Vec<_> =
            topics.arrivals.of_body[arrival.body].iter().map(|one| topics.publishes[*one].id).collect();
        ids.sort_unstable();
        ids.dedup();
        if let [Some(id)] = ids[..] {
            all.extend(topics.ids.find(id).map(|message| (arrival.delivery, message)));
        }
    }
    all.sort_unstable();
    all
}

/// The one subscription that a message of a topic reaches this FIFO queue by.
fn subscriber(topics: &Topics<'_>, message: usize, queue: usize) -> Option<usize> {
    let topic = topics.publish_of(message)?.topic;
    let all = topics.arrivals.by_queue.get(&queue)?;
    let mut of_topic = all.iter().copied().filter(|number| topics.subscriptions[*number].topic == topic);
    let number = of_topic.next().filter(|_| of_topic.next().is_none())?;
    let subscription = &topics.subscriptions[number];
    (subscription.is_ordered() && !subscription.replayed).then_some(number)
}
