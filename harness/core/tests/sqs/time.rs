//! Changes that take their time, and time that passes late.

use std::time::Duration;

use redeliver_core::sqs::Happening;
use redeliver_core::{Change, Limits, Oracle};

use crate::account::{Account, START};

/// Lets every change settle after five seconds.
struct Slow;

impl Oracle for Slow {
    fn settling(&mut self, _: Change) -> Duration {
        Duration::from_secs(5)
    }
}

#[test]
fn changed_attribute_comes_into_force_when_it_has_settled() {
    let mut aws = Account::with(Limits::default(), Slow);
    let url = aws.queue("q", &[("VisibilityTimeout", "0")]);
    aws.set(&url, "VisibilityTimeout", "30");
    aws.send(&url, "m");
    assert_eq!((aws.receive(&url).len(), aws.receive(&url).len()), (1, 1));
    aws.wait(5_000);
    assert_eq!((aws.receive(&url).len(), aws.receive(&url).len()), (1, 0));
}

#[test]
fn deleted_queue_is_seen_until_its_deletion_has_settled() {
    let mut aws = Account::with(Limits::default(), Slow);
    let url = aws.queue("q", &[]);
    aws.delete_queue(&url);
    aws.send(&url, "m");
    assert_eq!(aws.wakes_in(), Some(5_000));
    aws.wait(5_000);
    assert_eq!(
        aws.events.last().map(|event| (event.at.0, &event.what)),
        Some((START + 5_000, &Happening::QueueDeleted))
    );
}

#[test]
fn purge_takes_what_was_there_when_it_was_asked_for() {
    let mut aws = Account::with(Limits::default(), Slow);
    let url = aws.queue("q", &[("VisibilityTimeout", "0")]);
    aws.send(&url, "before");
    aws.purge(&url).unwrap();
    aws.send(&url, "after");
    assert_eq!(aws.bodies(&url), ["before", "after"]);
    aws.wait(5_000);
    assert_eq!(aws.bodies(&url), ["after"]);
}

#[test]
fn what_is_due_in_several_queues_happens_in_the_order_of_time_however_late() {
    let mut aws = Account::new();
    let [long, short] = [("long", "120"), ("short", "60")]
        .map(|(name, retention)| aws.queue(name, &[("MessageRetentionPeriod", retention)]));
    let [kept_long, kept_short] = [&long, &short].map(|url| aws.send(url, "m"));
    assert_eq!(aws.wakes_in(), None, "nobody would notice an expiry");
    aws.events.clear();
    aws.oversleep(3_600_000);
    aws.tick();
    let expired: Vec<_> = aws
        .events
        .iter()
        .map(|event| match &event.what {
            Happening::Expired { message } => (event.at.0 - START, message.to_text()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(expired, [(60_000, kept_short), (120_000, kept_long)]);
}
