//! Deliveries over HTTP are repeated as the delivery policy says.

use crate::mutation::mutated;
use crate::topics::{Attempt, End, RetryPolicy, Topics, Trail};
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// Attempts follow the phases of the policy in force, are no more than it allows, and end with a success, with a refusal that is no passing
/// trouble, and, for webhooks, an hour after the first
/// (<https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>).
///
/// Needs the backend's own words on each attempt. AWS adds jitter, of which it says nothing more: here a wait may be half or one and a half
/// of what is planned. An attempt that comes after the time that was announced is no breach, since whoever carries it out may be busy; nor
/// is one that a limit of deliveries a second held back. Where the policy was changed, one of those that may have been in force has to
/// explain all attempts. Allows for no fault: what endpoints answer is told with each attempt.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let topics = traffic.topics();
    let (mut judged, mut witness) = (false, Vec::new());
    for trail in topics.trails.iter().filter(|trail| !trail.attempts.is_empty()) {
        let policies = policies(topics, trail);
        judged |= !policies.is_empty();
        let mut complaints = policies.iter().map(|policy| complaints(trail, policy));
        let Some(first) = complaints.next().filter(|first| !first.is_empty()) else { continue };
        if complaints.all(|other| !other.is_empty()) {
            let (shown, who) = (topics.shown(trail.message), topics.who(trail.subscription));
            witness.extend(first.into_iter().map(|complaint| format!("{shown} to {who}: {complaint}")));
        }
    }
    if judged {
        Verdict::from_witness(witness)
    } else {
        Verdict::unknown("what the backend tells of each attempt to deliver over HTTP")
    }
}

/// The policies that may have been in force; none where the history does not tell how the subscription was made.
pub(super) fn policies(topics: &Topics<'_>, trail: &Trail) -> Vec<RetryPolicy> {
    let subscription = &topics.subscriptions[trail.subscription];
    let (Some(first), Some(last)) = (trail.attempts.first(), trail.attempts.last()) else { return Vec::new() };
    if !subscription.is_known() {
        return Vec::new();
    }
    let published = topics.publish_of(trail.message).map_or(first.begin_ms, |publish| publish.span.begin_ms);
    let topic = topics.delivery_policies.get(subscription.topic);
    subscription.retry_policies(topic, published.min(first.begin_ms), last.begin_ms)
}

/// What is wrong with the attempts under one policy.
fn complaints(trail: &Trail, policy: &RetryPolicy) -> Vec<String> {
    let mut complaints = Vec::new();
    let most = policy.retries.saturating_add(1);
    for pair in trail.attempts.windows(2) {
        let [earlier, later] = pair else { continue };
        let Attempt { number, begin_ms, .. } = *later;
        if number == most.saturating_add(1) && !mutated("retry-schedule: any number") {
            complaints.push(format!("there was an attempt {number} at {begin_ms} ms, of at most {most}"));
        }
        if let Some((within_ms, first_ms)) = policy.within_ms.zip(trail.first_ms())
            && begin_ms - first_ms > within_ms
            && !mutated("retry-schedule: for ever")
        {
            complaints
                .push(format!("attempt {number} came at {begin_ms} ms, more than {within_ms} ms after the first"));
        }
        complaints.extend(between(earlier, later, policy));
    }
    complaints
}

/// What is wrong between an attempt and the next. Retry and earlier attempt have the same number.
fn between(earlier: &Attempt, later: &Attempt, policy: &RetryPolicy) -> Option<String> {
    let (number, next) = (earlier.number, later.number);
    if next != number + 1 && !mutated("retry-schedule: in any order") {
        return Some(format!("attempt {next} came after attempt {number}"));
    }
    let Some((ended_ms, end)) = earlier.end else {
        return Some(format!("attempt {next} began at {} ms, before attempt {number} had ended", later.begin_ms));
    };
    if !end.is_passing() && !mutated("retry-schedule: refusals are tried again") {
        return Some(format!("attempt {next} came at {} ms, though {} at {ended_ms} ms", later.begin_ms, end.shown()));
    }
    let End::Failed { again_ms, .. } = end else { return None };
    let (least, most) = policy.delay_ms(number);
    let waited = later.begin_ms.saturating_sub(ended_ms);
    if waited < least / 2 && !mutated("retry-schedule: no waits") {
        return Some(format!(
            "attempt {next} came {waited} ms after attempt {number}, planned are {}",
            span(least, most)
        ));
    }
    // Who carries attempts out may be late; who announces them is not.
    let announced = again_ms.map(|again_ms| again_ms.saturating_sub(ended_ms))?;
    let slow = announced > most + most / 2 && !policy.throttled && !mutated("retry-schedule: long waits");
    slow.then(|| {
        format!(
            "attempt {next} was announced for {announced} ms after attempt {number}, planned are {}",
            span(least, most)
        )
    })
}

fn span(least: u64, most: u64) -> String {
    if least == most { format!("{least} ms") } else { format!("{least} to {most} ms") }
}
