//! No message arrives through a subscription whose filter policy does not match it.

use crate::mutation::mutated;
use crate::topics::{Filter, Topics, Wants};
use crate::traffic::{Named, Traffic};
use crate::{Expectation, Verdict};

/// After a change either policy may be in force for up to 15 minutes
/// (<https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html>).
///
/// Needs publishes to a topic with a subscription that has a filter policy, and what arrived: told by the backend, or come out of the
/// queue. An envelope names its message and, in `UnsubscribeURL`, its subscription; a message without one is known by its body, and held
/// against the queue only if no publish of this body is wanted by any subscription of the queue. Allows for a policy of which the chaos
/// did as if it were not in force yet (N7).
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let topics = traffic.topics();
    let filters = |number: &usize| topics.subscriptions[*number].filters.all().any(|filter| !filter.shown().is_empty());
    let filtered: Vec<bool> = (0..topics.subscriptions.len()).map(|number| filters(&number)).collect();
    let judged = topics
        .publishes
        .iter()
        .any(|publish| topics.by_topic.get(publish.topic).into_iter().flatten().any(|number| filtered[*number]));
    if !judged {
        return Verdict::unknown("publishes to a topic with a subscription that has a filter policy");
    }
    let named = traffic.named(&["N7"]);
    let mut witness = Vec::new();
    told(topics, &named, &mut witness);
    wrapped(topics, traffic, &named, &mut witness);
    raw(topics, traffic, &named, &mut witness);
    Verdict::from_witness(witness)
}

/// What the backend let through by its own words.
fn told(topics: &Topics<'_>, named: &Named<'_>, witness: &mut Vec<String>) {
    let mut passed: Vec<_> = topics
        .passages
        .iter()
        .filter_map(|((message, number), passage)| Some((passage.let_through_ms?, *message, *number)))
        .collect();
    passed.sort_unstable();
    for (at_ms, message, number) in passed {
        if unwanted(topics, message, number, at_ms)
            && !topics.excuses(named, message, number)
            && !mutated("filtered-never-delivered: the backend may say so")
        {
            witness.push(complaint(topics, message, number, &format!("went out at {at_ms} ms to")));
        }
    }
}

/// Whether no policy that may have been in force lets a message through. Of one whose publish is not known, nobody knows.
fn unwanted(topics: &Topics<'_>, message: usize, number: usize, at_ms: u64) -> bool {
    let publish = topics.publish_of(message).filter(|publish| publish.topic == topics.subscriptions[number].topic);
    publish.is_some_and(|publish| topics.wants(number, publish, at_ms) == Wants::Never)
}

fn complaint(topics: &Topics<'_>, message: usize, number: usize, how: &str) -> String {
    let policy = topics.subscriptions[number].filters.all().last().map(Filter::shown).unwrap_or_default();
    format!("{} {how} {}, whose filter policy {policy} does not match it", topics.shown(message), topics.who(number))
}

/// Messages in envelopes that came out of queues.
fn wrapped(topics: &Topics<'_>, traffic: &Traffic<'_>, named: &Named<'_>, witness: &mut Vec<String>) {
    for arrival in &topics.arrivals.wrapped {
        let Some(publish) = topics.publish_of(arrival.message) else { continue };
        let delivery = &traffic.deliveries[arrival.delivery];
        let at_ms = delivery.span.end_ms;
        let of_queue = || {
            let all = topics.arrivals.by_queue.get(&arrival.queue).into_iter().flatten().copied();
            all.filter(|number| topics.subscriptions[*number].topic == publish.topic).collect::<Vec<_>>()
        };
        // An envelope that does not tell may have come through any subscription of the queue.
        let through = arrival.subscription.map_or_else(of_queue, |number| vec![number]);
        let wrong = |number: &usize| {
            unwanted(topics, arrival.message, *number, at_ms) && !topics.excuses(named, arrival.message, *number)
        };
        // What the backend told is told above.
        let told = |number: &usize| topics.passages.get(&(arrival.message, *number)).is_some_and(|one| one.delivered);
        if let Some(first) = through.first()
            && through.iter().all(wrong)
            && !through.iter().any(told)
            && !mutated("filtered-never-delivered: any envelope")
        {
            let queue = traffic.queues.text(arrival.queue);
            let how = format!("came out of `{queue}` at {at_ms} ms through");
            witness.push(complaint(topics, arrival.message, *first, &how));
        }
    }
}

/// Messages without envelopes that came out of queues.
fn raw(topics: &Topics<'_>, traffic: &Traffic<'_>, named: &Named<'_>, witness: &mut Vec<String>) {
    let direct: hashbrown::HashSet<&str, rustc_hash::FxBuildHasher> =
        traffic.sent.iter().map(|sent| sent.body).collect();
    for arrival in &topics.arrivals.raw {
        let all = topics.arrivals.by_queue.get(&arrival.queue).map_or(&[][..], Vec::as_slice);
        let subscribers: Vec<usize> =
            all.iter().copied().filter(|number| topics.subscriptions[*number].was_raw()).collect();
        let delivery = &traffic.deliveries[arrival.delivery];
        if subscribers.is_empty() || direct.contains(delivery.body) || is_dead_letter(topics, traffic, arrival.queue) {
            continue;
        }
        let at_ms = delivery.span.end_ms;
        let mut wrong = None;
        // Whether any publish of this body may have come through any subscription.
        let fine = topics.arrivals.of_body[arrival.body].iter().any(|publish| {
            let publish = &topics.publishes[*publish];
            subscribers.iter().filter(|number| topics.subscriptions[**number].topic == publish.topic).any(|number| {
                let message = publish.id.and_then(|id| topics.ids.find(id));
                let excused = message.is_none_or(|message| topics.excuses(named, message, *number));
                wrong = wrong.or(message.map(|message| (message, *number)));
                excused || topics.wants(*number, publish, at_ms) != Wants::Never
            })
        });
        if let Some((message, number)) = wrong
            && !fine
            && !topics.tells
            && !mutated("filtered-never-delivered: any body")
        {
            let queue = traffic.queues.text(arrival.queue);
            witness.push(complaint(topics, message, number, &format!("came out of `{queue}` at {at_ms} ms through")));
        }
    }
}

/// Whether messages of others may have ended in this queue.
fn is_dead_letter(topics: &Topics<'_>, traffic: &Traffic<'_>, queue: usize) -> bool {
    let name = traffic.queues.text(queue);
    let ends = |arn: &Option<String>| arn.as_deref().is_some_and(|arn| arn.rsplit(':').next() == Some(name));
    topics.subscriptions.iter().any(|one| one.dead_letter.all().any(ends))
}
