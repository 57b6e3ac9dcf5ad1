//! What queue services do right and wrong.

use serde_json::json;

use super::Samples;
use crate::HandlerState::{Error, Start};
use crate::Invariant::{
    AtLeastOnce, DeadLetterAfterN, DeduplicationWindow, ExactlyOnceInWindow, NoInnocentDeadLetter, NoInvention,
    PoisonIsolated, ReceiveCount, RecordIdentity, Recovered, VisibilityExact,
};

/// Messages: none lost, none made up, none changed.
pub(super) fn add(samples: &mut Samples) {
    samples.holds(AtLeastOnce, "received-wherever", |story, _| {
        story
            .send("a", None, None)
            .send("b", None, None)
            .receive(1, &["a"])
            .receive_dead(1, &["b"])
            .send("c", None, None)
            .lost();
    });
    samples.broken(AtLeastOnce, "never-received", |story, _| {
        story.send("a", None, None).send("b", None, None).receive(1, &["a"]);
    });
    samples.holds(NoInvention, "sent-with-and-without-an-answer", |story, _| {
        story.send("a", None, None).send("b", None, None).lost().receive(1, &["a", "b"]);
    });
    samples.broken(NoInvention, "changed-body", |story, _| {
        story.send_as("a", None, None, "id-b").receive(1, &["b"]);
    });
    samples.broken(NoInvention, "never-sent", |story, _| {
        story.send("b", None, None).receive(1, &["a"]);
    });
    samples.holds(Recovered, "send-without-an-answer-shows-up", |story, _| {
        story.send("a", None, None).lost().send("b", None, None).refused().receive(1, &["a"]);
    });
    samples.holds(Recovered, "refusal-was-made-up-by-the-chaos", |story, _| {
        story.send("a", None, None).refused().fault(0, "X1", "throttle", Some("a")).receive(1, &["a"]);
    });
    samples.broken(Recovered, "refused-send-shows-up", |story, _| {
        story.send("a", None, None).refused().receive(1, &["a"]);
    });
    samples.holds(RecordIdentity, "same-body-and-number", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).attribute("SequenceNumber", "7");
        story
            .receive(1, &["a"])
            .attribute("SequenceNumber", "7")
            .receive_dead(2, &["a"])
            .attribute("SequenceNumber", "9");
    });
    samples.broken(RecordIdentity, "another-body", |story, _| {
        let message = json!([{ "MessageId": "id-a", "ReceiptHandle": "h", "Body": "b" }]);
        story.send("a", None, None).receive(1, &["a"]).receive(1, &["a"]).with("Messages", message);
    });
    samples.broken(RecordIdentity, "another-number", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).attribute("SequenceNumber", "7");
        story.receive(1, &["a"]).attribute("SequenceNumber", "8");
    });
}

/// Receive counts.
pub(super) fn add_of_counts(samples: &mut Samples) {
    let count = "ApproximateReceiveCount";
    samples.holds(ReceiveCount, "one-more-each-time", |story, expectation| {
        expectation.exact_counts = true;
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .attribute(count, "1")
            .wait(1_000)
            .receive(1, &["a"])
            .attribute(count, "2");
    });
    samples.holds(ReceiveCount, "jump-by-the-chaos", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).attribute(count, "5").fault(
            1,
            "S10",
            "receive-count",
            Some("a"),
        );
        story.wait(1_000).receive(1, &["a"]).attribute(count, "2");
    });
    samples.broken(ReceiveCount, "stands-still", |story, _| {
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .attribute(count, "1")
            .wait(1_000)
            .receive(1, &["a"])
            .attribute(count, "1");
    });
    samples.broken(ReceiveCount, "one-too-many-for-an-exact-count", |story, expectation| {
        expectation.exact_counts = true;
        story.send("a", None, None).receive(1, &["a"]).attribute(count, "2");
    });
}

/// Leases: hidden as long as they last, and no longer.
pub(super) fn add_of_leases(samples: &mut Samples) {
    samples.holds(VisibilityExact, "comes-back-after-its-timeout-or-its-release", |story, _| {
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .wait(1_000)
            .receive(1, &["a"])
            .change(1, "a")
            .receive(1, &["a"])
            .poll(2);
    });
    samples.holds(VisibilityExact, "copy-by-the-chaos", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).fault(2, "S1", "duplicate", Some("a")).receive(2, &["a"]);
    });
    samples.holds(VisibilityExact, "deletion-without-an-answer", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).delete(1, "a").lost().wait(1_000).receive(1, &["a"]);
    });
    samples.holds(VisibilityExact, "slow-answer-leaves-doubt", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).answered_late(500).wait(600).receive(2, &["a"]);
    });
    samples.broken(VisibilityExact, "comes-back-early", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).wait(900).receive(2, &["a"]);
    });
    samples.broken(VisibilityExact, "comes-back-although-its-lease-was-renewed", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).extend(1, "a", 10).wait(5_000).receive(2, &["a"]);
    });
    samples.broken(VisibilityExact, "comes-back-after-its-deletion", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).delete(1, "a").wait(5_000).receive(2, &["a"]);
    });
    samples.broken(VisibilityExact, "comes-back-late", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).wait(5_000).poll(1).wait(5_000).receive(1, &["a"]);
    });
}

/// FIFO queues: once while hidden, once within five minutes.
pub(super) fn add_of_windows(samples: &mut Samples) {
    samples.fifo_holds(ExactlyOnceInWindow, "back-after-its-timeout", |story, _| {
        story.send("a", Some("g"), Some("d")).receive(1, &["a"]).wait(1_000).receive(2, &["a"]).delete(2, "a");
    });
    samples.fifo_holds(ExactlyOnceInWindow, "lease-ended-by-the-chaos", |story, _| {
        story
            .send("a", Some("g"), Some("d"))
            .receive(1, &["a"])
            .fault(1, "S11", "lease-ends", Some("a"))
            .receive(2, &["a"]);
    });
    samples.fifo_broken(ExactlyOnceInWindow, "copy-while-hidden", |story, _| {
        story.send("a", Some("g"), Some("d")).receive(1, &["a"]).receive(2, &["a"]);
    });
    samples.fifo_broken(ExactlyOnceInWindow, "back-after-its-deletion", |story, _| {
        story.send("a", Some("g"), Some("d")).receive(1, &["a"]).delete(1, "a").wait(5_000).receive(2, &["a"]);
    });
    samples.fifo_holds(DeduplicationWindow, "one-within-five-minutes-another-after", |story, _| {
        story.send("a", Some("g"), Some("d")).wait(299_990).send("a", Some("g"), Some("d"));
        story.wait(1_000).send_as("a", Some("g"), Some("d"), "id-later");
    });
    samples.fifo_broken(DeduplicationWindow, "two-within-five-minutes", |story, _| {
        story.send("a", Some("g"), Some("d")).wait(299_990).send_as("a", Some("h"), Some("d"), "id-other");
    });
    samples.fifo_broken(DeduplicationWindow, "one-after-five-minutes", |story, _| {
        story.send("a", Some("g"), Some("d")).wait(300_010).send("a", Some("g"), Some("d"));
    });
}

/// Dead letters: after so many receives, for a reason, and in nobody's way.
pub(super) fn add_of_dead_letters(samples: &mut Samples) {
    samples.holds(DeadLetterAfterN, "after-two-receives", |story, _| {
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .wait(1_000)
            .receive(1, &["a"])
            .wait(1_000)
            .receive_dead(2, &["a"]);
    });
    samples.holds(DeadLetterAfterN, "after-a-receive-without-an-answer", |story, _| {
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .wait(1_000)
            .receive(1, &["a"])
            .lost()
            .wait(1_000)
            .receive_dead(2, &["a"]);
    });
    samples.broken(DeadLetterAfterN, "one-receive-too-many", |story, _| {
        story.send("a", None, None);
        for _ in 0..3 {
            story.receive(1, &["a"]).wait(1_000);
        }
    });
    samples.broken(DeadLetterAfterN, "one-receive-too-few", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).wait(1_000).receive_dead(2, &["a"]);
    });
    samples.holds(NoInnocentDeadLetter, "handler-failed-on-it", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).handler(
            1,
            Error,
            "a",
            Some("unreadable"),
        );
        story.receive_dead(2, &["a"]);
    });
    samples.broken(NoInnocentDeadLetter, "failures-were-of-the-chaos", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).fault(1, "X1", "throttle", None);
        story
            .handler(1, Error, "a", Some("throttled"))
            .wait(1_000)
            .receive(1, &["a"])
            .handler(1, Start, "a", None)
            .crash(1);
        story.receive_dead(2, &["a"]);
    });
    samples.broken(NoInnocentDeadLetter, "nobody-tried", |story, _| {
        story.send("a", None, None).send("b", None, None).receive(1, &["a", "b"]).handler(1, Start, "a", None);
        story.handler(1, Error, "a", Some("unreadable")).receive_dead(2, &["a", "b"]);
    });
}

/// Messages that cannot be handled.
pub(super) fn add_of_poison(samples: &mut Samples) {
    samples.fifo_holds(PoisonIsolated, "dead-lettered-and-the-rest-done", |story, expectation| {
        expectation.poison.insert("p".to_owned());
        story
            .send("p", Some("g"), Some("1"))
            .send("a", Some("g"), Some("2"))
            .receive(1, &["p"])
            .wait(1_000)
            .receive(1, &["p"]);
        story.wait(1_000).consume(1, "a").receive_dead(2, &["p"]);
    });
    samples.broken(PoisonIsolated, "nothing-else-is-done", |story, expectation| {
        (expectation.tells_effects, _) = (true, expectation.poison.insert("p".to_owned()));
        story.send("p", None, None).send("a", None, None).receive(1, &["p"]).receive_dead(2, &["p"]);
    });
    samples.broken(PoisonIsolated, "poison-stays", |story, expectation| {
        expectation.poison.insert("p".to_owned());
        story.send("p", None, None).send("a", None, None).receive(1, &["p"]).consume(1, "a").receive_dead(2, &[]);
    });
    samples.fifo_broken(PoisonIsolated, "group-waits-too-long", |story, expectation| {
        expectation.poison.insert("p".to_owned());
        story.send("p", Some("g"), Some("1")).send("a", Some("g"), Some("2")).receive(1, &["p"]).wait(60_000);
        story.consume(1, "a").receive_dead(2, &["p"]);
    });
}
