//! A delivery is given up only after its last attempt, and nothing is tried after that.

use super::retry_schedule::policies;
use crate::mutation::mutated;
use crate::topics::{End, RetryPolicy, Topics, Trail};
use crate::traffic::Traffic;
use crate::{Expectation, Verdict};

/// A message goes to the dead-letter queue of the subscription, or is gone where there is none, after the last attempt of the policy, and at
/// once after a refusal that no repetition mends
/// (<https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html>,
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>). The dead-letter queue is the one that the redrive policy
/// names.
///
/// Needs the backend's own words on what it gave up. Queues, phones and devices are refused for good the first time. Says nothing of what
/// ended with its subscription. Allows for no fault: what endpoints answer is told with each attempt.
pub(super) fn check(traffic: &Traffic<'_>, _: &Expectation) -> Verdict {
    let topics = traffic.topics();
    let (mut judged, mut witness) = (false, Vec::new());
    for trail in &topics.trails {
        let subscription = &topics.subscriptions[trail.subscription];
        let Some(given_up_ms) = trail.dead_lettered_ms.or(trail.dropped_ms) else { continue };
        if !subscription.is_known() || !subscription.is_active(trail.given_up_at, trail.given_up_at) {
            continue;
        }
        judged = true;
        let how = if trail.dead_lettered_ms.is_some() { "dead-lettered" } else { "given up" };
        let wrong = wrong(topics, trail, given_up_ms);
        if let Some(wrong) = wrong {
            let (shown, who) = (topics.shown(trail.message), topics.who(trail.subscription));
            witness.push(format!("{shown} to {who} was {how} at {given_up_ms} ms, {wrong}"));
        }
        witness.extend(elsewhere(topics, trail, given_up_ms));
    }
    if judged {
        Verdict::from_witness(witness)
    } else {
        Verdict::unknown("what the backend tells of messages that it gave up")
    }
}

/// What was wrong when a delivery was given up.
fn wrong(topics: &Topics<'_>, trail: &Trail, given_up_ms: u64) -> Option<String> {
    let protocol = topics.subscriptions[trail.subscription].protocol;
    let Some(last) = trail.attempts.last() else {
        let is_tried = matches!(protocol, "http" | "https" | "lambda");
        let early =
            is_tried && trail.dead_lettered_ms.is_some() && !mutated("dead-letter-after-last-attempt: without any");
        return early.then(|| "without an attempt".to_owned());
    };
    if last.begin_ms > given_up_ms && !mutated("dead-letter-after-last-attempt: attempts afterwards") {
        return Some(format!("and tried again at {} ms", last.begin_ms));
    }
    let (ended_ms, end) = last.end?;
    if end == End::Delivered {
        let fine = mutated("dead-letter-after-last-attempt: after a success");
        return (!fine).then(|| format!("though {} at {ended_ms} ms", end.shown()));
    }
    if !end.is_passing() {
        return None;
    }
    let policies = policies(topics, trail);
    let attempts = last.number;
    let first_ms = trail.first_ms().unwrap_or_default();
    // The hour is over when the next attempt would come after it; jitter may make a wait half as long again.
    let over = |policy: &RetryPolicy| {
        let (_, wait_ms) = policy.delay_ms(attempts);
        policy.within_ms.is_some_and(|within_ms| ended_ms - first_ms + wait_ms + wait_ms / 2 > within_ms)
    };
    let explains = |policy: &RetryPolicy| attempts > policy.retries || over(policy);
    let early = !policies.iter().any(explains) && !mutated("dead-letter-after-last-attempt: after any attempt");
    let most = policies.iter().map(|policy| policy.retries.saturating_add(1)).min()?;
    early.then(|| format!("after {attempts} of {most} attempts: {}, which may pass", end.shown()))
}

/// A message that went to another queue than that of the redrive policy.
fn elsewhere(topics: &Topics<'_>, trail: &Trail, given_up_ms: u64) -> Option<String> {
    let to = trail.dead_letter_queue.as_deref()?;
    let subscription = &topics.subscriptions[trail.subscription];
    let published = topics.publish_of(trail.message).map_or(0, |publish| publish.span.begin_ms);
    let named = subscription.dead_letter.during(published, given_up_ms).any(|queue| queue.as_deref() == Some(to));
    let wrong = !named && !mutated("dead-letter-after-last-attempt: any queue");
    wrong.then(|| {
        format!(
            "{} to {} was dead-lettered to `{to}`, which its redrive policy does not name",
            topics.shown(trail.message),
            topics.who(trail.subscription)
        )
    })
}
