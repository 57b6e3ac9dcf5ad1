//! Deliveries over HTTP: when they are repeated, and when given up.

use serde_json::json;

use super::Samples;
use crate::Invariant::{DeadLetterAfterLastAttempt, RetrySchedule};
use crate::story::{Story, WEBHOOK};

/// One retry at once, two after a second, one in between, one after nine seconds.
const PHASES: &str = r#"{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":9,"numRetries":5,"numNoDelayRetries":1,"numMinDelayRetries":2,"numMaxDelayRetries":1}}"#;
/// One retry after a minute.
const ONE: &str = r#"{"healthyRetryPolicy":{"minDelayTarget":60,"maxDelayTarget":60,"numRetries":1}}"#;
/// Two retries, each after fifty minutes.
const SLOW: &str = r#"{"healthyRetryPolicy":{"minDelayTarget":3000,"maxDelayTarget":3000,"numRetries":2}}"#;
const DEAD: &str = r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}"#;

fn hook<'s>(story: &'s mut Story, policy: &str) -> &'s mut Story {
    story
        .told_subscribed("http", WEBHOOK, &json!({ "DeliveryPolicy": policy, "RedrivePolicy": DEAD }))
        .publish("a", "red")
}

/// Failed attempts with the waits after them; the last ends the delivery.
fn attempts<'s>(story: &'s mut Story, status: u16, waits: &[u64]) -> &'s mut Story {
    for (number, wait) in (1..).zip(waits) {
        story.attempt("a", number).failed("a", number, status, Some(*wait)).wait(*wait);
    }
    let last = waits.len() as u64 + 1;
    story.attempt("a", last).failed("a", last, status, None)
}

/// Attempts.
pub(super) fn add(samples: &mut Samples) {
    samples.holds(RetrySchedule, "phase-by-phase", |story, _| {
        attempts(hook(story, PHASES), 503, &[0, 1_000, 1_000, 5_000, 9_000]);
    });
    samples.holds(RetrySchedule, "with-jitter-until-it-is-taken", |story, _| {
        hook(story, ONE).attempt("a", 1).failed("a", 1, 429, Some(70_000)).wait(70_000).attempt("a", 2).hooked("a", 2);
    });
    samples.holds(RetrySchedule, "one-of-two-policies-explains-it", |story, _| {
        hook(story, ONE).told_of("subscription-changed", WEBHOOK, json!({ "name": "DeliveryPolicy", "value": PHASES }));
        attempts(story, 500, &[0, 1_000, 1_000, 5_000, 9_000]);
    });
    samples.holds(RetrySchedule, "throttled-endpoint-waits-longer", |story, _| {
        let policy = ONE.replacen('{', r#"{"throttlePolicy":{"maxReceivesPerSecond":1},"#, 1);
        attempts(hook(story, &policy), 503, &[200_000]);
    });
    samples.broken(RetrySchedule, "one-attempt-too-many", |story, _| {
        attempts(hook(story, ONE), 503, &[60_000, 60_000]);
    });
    samples.broken(RetrySchedule, "no-wait", |story, _| {
        attempts(hook(story, ONE), 503, &[10_000]);
    });
    samples.broken(RetrySchedule, "wait-too-long", |story, _| {
        attempts(hook(story, ONE), 503, &[100_000]);
    });
    samples.broken(RetrySchedule, "refusal-is-tried-again", |story, _| {
        attempts(hook(story, ONE), 404, &[60_000]);
    });
    samples.broken(RetrySchedule, "success-is-tried-again", |story, _| {
        hook(story, ONE).attempt("a", 1).hooked("a", 1).wait(60_000).attempt("a", 2).hooked("a", 2);
    });
    samples.broken(RetrySchedule, "more-than-an-hour", |story, _| {
        attempts(hook(story, SLOW), 503, &[3_000_000, 3_000_000]);
    });
    samples.broken(RetrySchedule, "attempt-is-left-out", |story, _| {
        hook(story, PHASES).attempt("a", 1).failed("a", 1, 503, Some(1_000)).wait(1_000).attempt("a", 3).hooked("a", 3);
    });
}

/// The end of a delivery.
pub(super) fn add_of_dead_letters(samples: &mut Samples) {
    let dead = DeadLetterAfterLastAttempt;
    samples.holds(dead, "after-the-last-attempt", |story, _| {
        attempts(hook(story, ONE), 503, &[60_000]).told_dead("a", "dead");
    });
    samples.holds(dead, "at-once-after-a-refusal", |story, _| {
        attempts(hook(story, ONE), 403, &[]).told_dead("a", "dead");
    });
    samples.holds(dead, "after-an-hour", |story, _| {
        attempts(hook(story, SLOW), 503, &[3_000_000]).told_dead("a", "dead");
    });
    samples.holds(dead, "queue-refuses-for-good", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({})).publish("a", "red");
        story.told_to("dropped", "a", "queue", json!({ "why": "its policy does not let it in" }));
    });
    samples.broken(dead, "one-attempt-too-few", |story, _| {
        attempts(hook(story, ONE), 503, &[]).told_dead("a", "dead");
    });
    samples.broken(dead, "given-up-after-one-attempt", |story, _| {
        attempts(hook(story, ONE), 503, &[]).told_to("dropped", "a", WEBHOOK, json!({ "why": "no" }));
    });
    samples.broken(dead, "without-an-attempt", |story, _| {
        hook(story, ONE).told_dead("a", "dead");
    });
    samples.broken(dead, "after-a-success", |story, _| {
        hook(story, ONE).attempt("a", 1).hooked("a", 1).told_dead("a", "dead");
    });
    samples.broken(dead, "and-tried-again", |story, _| {
        attempts(hook(story, ONE), 403, &[]).told_dead("a", "dead").attempt("a", 2).failed("a", 2, 403, None);
    });
    samples.broken(dead, "another-queue", |story, _| {
        attempts(hook(story, ONE), 403, &[]).told_dead("a", "other");
    });
}
