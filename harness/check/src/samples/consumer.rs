//! What consumers do right and wrong.

use serde_json::json;

use super::Samples;
use crate::HandlerState::{End, Error, Start};
use crate::Invariant::{
    AckAfterEffect, BatchAccounting, Drained, EffectOnce, LeaseContainment, NoLoss, NoOverlap, NoPhantom,
    PointerIntegrity, RetryDiscipline, SameEffects, StaleHandle,
};
use crate::{Calm, Variant};

/// Effects: none lost, none twice, none made up, none after the deletion.
pub(super) fn add(samples: &mut Samples) {
    samples.holds(NoLoss, "had-its-effect-after-a-crash", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).crash(1).restart(1).wait(1_000).consume(1, "a");
    });
    samples.holds(NoLoss, "dead-lettered-put-aside-purged-or-never-acknowledged", |story, expectation| {
        expectation.tells_effects = true;
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .wait(1_000)
            .receive(1, &["a"])
            .wait(1_000)
            .receive_dead(2, &["a"]);
        story.send("b", None, None).receive(1, &["b"]).handler(1, Start, "b", None).handler(
            1,
            End,
            "b",
            Some("not ours"),
        );
        story.delete(1, "b").send("c", None, None).fault(0, "S38", "purge", Some("c")).send("d", None, None).lost();
    });
    samples.broken(NoLoss, "deleted-before-the-effect-and-crashed", |story, expectation| {
        expectation.tells_effects = true;
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .delete(1, "a")
            .crash(1)
            .restart(1)
            .receive(1, &[])
            .receive_dead(2, &[]);
    });
    samples.broken(NoLoss, "never-received", |story, _| {
        story.send("a", None, None).send("b", None, None).consume(1, "a").receive_dead(2, &[]);
    });
    samples.holds(EffectOnce, "received-twice-and-charged-once", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).effect(1, "a", 5).wait(1_000).receive(2, &["a"]).delete(2, "a");
    });
    samples.broken(EffectOnce, "charged-again-after-a-crash", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).effect(1, "a", 5).crash(1).restart(1);
        story.fault(1, "S18", "lost-reply", Some("a")).wait(1_000).receive(1, &["a"]).effect(1, "a", 5).delete(1, "a");
    });
    samples.holds(NoPhantom, "effects-of-what-was-sent-even-without-an-answer", |story, _| {
        story
            .send("a", None, None)
            .send("b", None, None)
            .lost()
            .consume(1, "a")
            .consume(1, "b")
            .receive_dead(2, &["a"]);
    });
    samples.broken(NoPhantom, "effect-that-nobody-asked-for", |story, _| {
        story.send("a", None, None).consume(1, "a").effect(1, "z", 1);
    });
    samples.broken(NoPhantom, "message-out-of-another-queue", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).asking("QueueUrl", json!("https://sqs/other"));
    });
}

/// Effects as a whole, and before deletions.
pub(super) fn add_of_state(samples: &mut Samples) {
    samples.holds(SameEffects, "same-values-in-another-order", |story, expectation| {
        let effects = [("a".to_owned(), json!(1)), ("b".to_owned(), json!(1))].into_iter().collect();
        expectation.calm = Some(Calm { effects, variant: Variant::Permuted });
        story.send("b", None, None).send("a", None, None).consume(1, "b").consume(1, "a");
    });
    samples.broken(SameEffects, "doubled-delivery-charges-twice", |story, expectation| {
        let effects = [("a".to_owned(), json!(1))].into_iter().collect();
        expectation.calm = Some(Calm { effects, variant: Variant::Doubled });
        story.send("a", None, None).receive(1, &["a"]).effect(1, "a", 1).receive(2, &["a"]).effect(2, "a", 1);
    });
    samples.holds(AckAfterEffect, "effect-then-deletion-or-put-aside", |story, _| {
        story.send("a", None, None).send("b", None, None).consume(1, "a").receive(1, &["b"]);
        story.handler(1, Start, "b", None).handler(1, End, "b", Some("cancelled")).delete(1, "b");
    });
    samples.broken(AckAfterEffect, "deletion-then-effect", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).delete(1, "a").effect(1, "a", 1);
    });
}

/// Handlers: within their lease and one at a time.
pub(super) fn add_of_handlers(samples: &mut Samples) {
    samples.holds(LeaseContainment, "renewed-in-time", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).wait(900).extend(1, "a", 1);
        story.wait(900).handler(1, End, "a", None).delete(1, "a");
    });
    samples.holds(LeaseContainment, "stalled-by-the-chaos", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).fault(1, "S15", "stall", Some("a"));
        story.wait(1_500).handler(1, End, "a", None);
    });
    samples.broken(LeaseContainment, "slower-than-the-lease", |story, _| {
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .handler(1, Start, "a", None)
            .wait(1_500)
            .handler(1, End, "a", None);
    });
    samples.broken(LeaseContainment, "renewed-too-late", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).wait(1_200).extend(1, "a", 1);
        story.handler(1, End, "a", None);
    });
    samples.holds(NoOverlap, "one-after-the-other-and-after-a-crash", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).crash(1).restart(1).wait(1_000);
        story.receive(2, &["a"]).handler(2, Start, "a", None).handler(2, Error, "a", Some("full")).wait(1_000);
        story.receive(1, &["a"]).handler(1, Start, "a", None).handler(1, End, "a", None);
    });
    samples.broken(NoOverlap, "second-consumer-after-the-lease", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None).wait(1_000).receive(2, &["a"]);
        story.handler(2, Start, "a", None).handler(1, End, "a", None).handler(2, End, "a", None);
    });
}

/// Calls: batches, handles, pointers.
pub(super) fn add_of_calls(samples: &mut Samples) {
    let failed = json!({ "Failed": [{ "Id": "0", "Code": "InternalError", "SenderFault": false }] });
    let entries = |story: &crate::story::Story| {
        let handle = story.handle("a");
        json!({ "QueueUrl": crate::story::QUEUE, "Entries": [{ "Id": "0", "ReceiptHandle": handle }] })
    };
    samples.holds(BatchAccounting, "failed-entry-is-tried-again", |story, _| {
        story.send("a", None, None).receive(1, &["a"]);
        story.call(1, "sqs:DeleteMessageBatch", entries(story), failed.clone()).delete(1, "a");
    });
    samples.holds(BatchAccounting, "failed-entry-is-told", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).handler(1, Start, "a", None);
        story.call(1, "sqs:DeleteMessageBatch", entries(story), failed.clone()).handler(
            1,
            Error,
            "a",
            Some("not deleted"),
        );
    });
    samples.broken(BatchAccounting, "failed-entry-is-ignored", |story, _| {
        story.send("a", None, None).receive(1, &["a"]);
        story.call(1, "sqs:DeleteMessageBatch", entries(story), failed.clone());
    });
    samples.broken(BatchAccounting, "entry-without-an-answer", |story, _| {
        let input = json!({ "QueueUrl": crate::story::QUEUE, "Entries": [{ "Id": "0", "MessageBody": "a" }] });
        story.call(0, "sqs:SendMessageBatch", input, json!({}));
    });
    samples.holds(StaleHandle, "newest-handle-or-a-handler-at-work", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).wait(1_000).receive(1, &["a"]).delete(1, "a");
        story.send("b", None, None).receive(1, &["b"]).handler(1, Start, "b", None).wait(1_000);
        let old = json!({ "QueueUrl": crate::story::QUEUE, "ReceiptHandle": story.handle("b") });
        story.receive(1, &["b"]).call(1, "sqs:DeleteMessage", old, json!({}));
    });
    samples.broken(StaleHandle, "first-handle-is-kept", |story, _| {
        story.send("a", None, None).receive(1, &["a"]).wait(1_000).receive(1, &["a"]);
        let old = json!({ "QueueUrl": crate::story::QUEUE, "ReceiptHandle": story.first_handle("a") });
        story.call(1, "sqs:DeleteMessage", old, json!({}));
    });
    let pointer = r#"["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"b","s3Key":"k"}]"#;
    samples.holds(PointerIntegrity, "object-is-deleted-last", |story, _| {
        story.send(pointer, None, None).consume(1, pointer);
        story.call(1, "s3:DeleteObject", json!({ "Bucket": "b", "Key": "k" }), json!({}));
    });
    samples.broken(PointerIntegrity, "object-is-deleted-first", |story, _| {
        story.send(pointer, None, None).receive(1, &[pointer]);
        story.call(1, "s3:DeleteObject", json!({ "Bucket": "b", "Key": "k" }), json!({})).delete(1, pointer);
    });
}

/// Retries, and what is left when the faults are over.
pub(super) fn add_of_patience(samples: &mut Samples) {
    samples.holds(RetryDiscipline, "waits-grow-between-failures", |story, expectation| {
        expectation.retries.calls_per_message_max = Some(14);
        story.send("a", None, None);
        for wait in [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 5_120] {
            story.receive(1, &[]).refused().wait(wait);
        }
        story.consume(1, "a");
    });
    samples.broken(RetryDiscipline, "hot-loop", |story, _| {
        for _ in 0..12 {
            story.receive(1, &[]).refused();
        }
    });
    samples.broken(RetryDiscipline, "too-many-calls-for-a-message", |story, expectation| {
        expectation.retries.calls_per_message_max = Some(3);
        story.send("a", None, None).receive(1, &[]).receive(1, &[]).consume(1, "a");
    });
    samples.broken(RetryDiscipline, "too-many-calls-at-once", |story, expectation| {
        expectation.retries.calls_at_once_max = 3;
        for _ in 0..4 {
            story.send("a", None, None).back(1);
        }
    });
    samples.holds(Drained, "done-in-time-and-released-at-shutdown", |story, expectation| {
        (expectation.drain_within_ms, expectation.shutdown_grace_ms) = (Some(2_000), Some(100));
        story
            .send("a", None, None)
            .receive(1, &["a"])
            .fault(1, "S19", "server-error", Some("a"))
            .change(1, "a")
            .shutdown(1);
        story.receive(2, &["a"]).delete(2, "a").wait(3_000).poll(2);
    });
    samples.broken(Drained, "left-over", |story, expectation| {
        expectation.drain_within_ms = Some(2_000);
        story.send("a", None, None).fault(1, "S6", "withhold", None).wait(3_000).poll(1);
    });
    samples.broken(Drained, "worker-gives-up-after-a-fault", |story, expectation| {
        expectation.drain_within_ms = Some(2_000);
        story.send("a", None, None).receive(1, &[]).receive(2, &["a"]).fault(1, "X2", "reset", None).delete(2, "a");
        story.poll(2).wait(3_000).poll(2);
    });
    samples.broken(Drained, "shutdown-strands-a-message", |story, expectation| {
        (expectation.drain_within_ms, expectation.shutdown_grace_ms) = (Some(5_000), Some(100));
        story.send("a", None, None).receive(1, &["a"]).shutdown(1).wait(1_000).receive(2, &["a"]).delete(2, "a");
    });
}
