//! Dead-letter queues.

use redeliver_core::sqs::Happening;

use crate::account::{Account, START, arn, attribute, happenings, redrive};

#[test]
fn message_is_received_exactly_as_often_as_allowed_and_then_moves() {
    for allowed in [1, 3] {
        let mut aws = Account::new();
        let [source, dead] = aws.redriven("", allowed, &[("VisibilityTimeout", "1")]);
        aws.send(&source, "m");
        for count in 1..=allowed {
            let message = aws.receive(&source).remove(0);
            assert_eq!(attribute(&message, "ApproximateReceiveCount"), Some(count.to_string()));
            aws.wait(1_000);
            assert_eq!(aws.counts(&dead), [0, 0, 0], "it moves when it would be received once more, not before");
        }
        assert_eq!(aws.receive(&source), []);
        assert_eq!((aws.counts(&source), aws.counts(&dead)), ([0, 0, 0], [1, 0, 0]));
    }
}

#[test]
fn moved_message_keeps_its_identity_and_goes_on_counting() {
    let mut aws = Account::new();
    let [source, dead] = aws.redriven("", 1, &[("VisibilityTimeout", "1")]);
    let id = aws.send(&source, "m");
    let before = aws.receive(&source).remove(0);
    aws.wait(1_000);
    aws.receive(&source);
    let after = aws.receive(&dead).remove(0);
    assert_eq!((after.message_id.as_deref(), after.body.as_deref()), (Some(id.as_str()), Some("m")));
    for name in ["SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"] {
        assert_eq!(attribute(&before, name), attribute(&after, name), "{name}");
    }
    assert_eq!(attribute(&after, "ApproximateReceiveCount").as_deref(), Some("2"));
    assert_eq!(attribute(&after, "DeadLetterQueueSourceArn"), Some(arn("source")));
    let moved = happenings(&aws.events).into_iter().filter(|what| matches!(what, Happening::DeadLettered { .. }));
    assert_eq!(moved.count(), 1);
}

#[test]
fn retention_in_the_dead_letter_queue_counts_from_the_send_on_standard_queues_only() {
    for (suffix, sent, expired) in [("", START, true), (".fifo", START + 30_000, false)] {
        let mut aws = Account::new();
        let [source, dead] = aws.redriven(suffix, 1, &[("VisibilityTimeout", "1"), ("MessageRetentionPeriod", "60")]);
        if suffix.is_empty() {
            aws.send(&source, "m");
        } else {
            aws.send_to(&source, "g", "m");
        }
        aws.receive(&source);
        aws.wait(30_000);
        aws.receive(&source);
        let message = aws.receive(&dead).remove(0);
        assert_eq!(attribute(&message, "SentTimestamp"), Some(sent.to_string()));
        aws.wait(30_000);
        assert_eq!(aws.counts(&dead) == [0, 0, 0], expired);
    }
}

#[test]
fn move_frees_the_group() {
    let mut aws = Account::new();
    let [source, dead] = aws.redriven(".fifo", 1, &[("VisibilityTimeout", "1")]);
    let id = aws.send_to(&source, "g", "1");
    aws.receive(&source);
    aws.send_to(&source, "g", "2");
    aws.wait(1_000);
    assert_eq!(aws.bodies(&source), ["2"]);
    let message = aws.receive(&dead).remove(0);
    assert_eq!(attribute(&message, "MessageGroupId").as_deref(), Some("g"));
    assert_eq!(
        attribute(&message, "MessageDeduplicationId"),
        Some(id),
        "its own id is unique in the dead-letter queue"
    );
}

#[test]
fn chain_of_dead_letter_queues_moves_a_message_one_queue_at_a_time() {
    let mut aws = Account::new();
    let last = aws.queue("last", &[]);
    let [source, dead] = aws.redriven("", 2, &[("VisibilityTimeout", "1")]);
    aws.set(&dead, "RedrivePolicy", &redrive("last", 2));
    aws.send(&source, "m");
    for _ in 0..3 {
        aws.receive(&source);
        aws.wait(1_000);
    }
    for _ in 0..2 {
        assert_eq!(aws.receive(&dead).len(), 1, "receives from the source do not count here");
        aws.wait(1_000);
    }
    assert_eq!((aws.receive(&dead).len(), aws.receive(&last).len()), (0, 1));
}

#[test]
fn message_stays_when_the_dead_letter_queue_is_gone() {
    let mut aws = Account::new();
    let [source, dead] = aws.redriven("", 1, &[("VisibilityTimeout", "1")]);
    aws.send(&source, "m");
    aws.receive(&source);
    aws.delete_queue(&dead);
    aws.wait(1_000);
    assert_eq!(aws.bodies(&source), ["m"]);
}

#[test]
fn queue_can_be_its_own_dead_letter_queue() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "1")]);
    aws.set(&url, "RedrivePolicy", &redrive("q", 1));
    aws.send(&url, "m");
    aws.receive(&url);
    aws.wait(1_000);
    let message = aws.receive(&url).remove(0);
    assert_eq!(attribute(&message, "DeadLetterQueueSourceArn"), Some(arn("q")));
}

#[test]
fn poll_on_the_dead_letter_queue_wakes_when_a_message_moves_there() {
    let mut aws = Account::new();
    let [source, dead] = aws.redriven("", 1, &[("VisibilityTimeout", "1")]);
    aws.send(&source, "m");
    aws.receive(&source);
    let [on_source, on_dead] = [aws.poll(&source, 5), aws.poll(&dead, 5)];
    aws.wait(5_000);
    assert_eq!(aws.answered(), [(1_000, on_dead, vec!["m".to_owned()]), (5_000, on_source, vec![])]);
}
