//! What becomes of records that are put.

use serde_json::json;

use super::Samples;
use crate::HandlerState::{End, Error, Start};
use crate::Invariant::{
    AtLeastOnce, BatchAccounting, Drained, EffectOnce, NoInvention, NoLoss, NoOverlap, NoPhantom, PoisonIsolated,
    PutDuplicate, RecordIdentity, Recovered, SequenceMonotone,
};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Nothing is lost, made up, changed or there twice.
pub(super) fn add(samples: &mut Samples) {
    samples.stream_holds(PutDuplicate, "as-often-as-it-was-tried", |story, _| {
        story.put("k", "a", 0, 1).lost().put("k", "a", 0, 2).put("k", "b", 0, 3).put("k", "b", 0, 4);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2, 3, 4]);
    });
    samples.stream_holds(PutDuplicate, "what-failed-and-is-put-again-by-itself", |story, _| {
        story.put_all(1, &[("k", "a", Some((0, 1))), ("k", "b", None), ("k", "b", Some((0, 2)))]);
        story.put_all(1, &[("k", "b", Some((0, 3))), ("k", "c", Some((0, 4)))]).put_fault("K3", "stored-failure");
        story.put("k", "d", 0, 5).refused().put("k", "d", 0, 6);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2, 3, 4, 5, 6]);
    });
    samples.stream_broken(PutDuplicate, "two-records-of-one-put", |story, _| {
        story.put("k", "a", 0, 1).put("k", "a", 0, 2).refused();
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]);
    });
    samples.stream_broken(PutDuplicate, "three-records-of-two-puts", |story, _| {
        story.put("k", "a", 0, 1).lost().put("k", "a", 0, 2).lost().put("k", "a", 1, 3).refused();
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]).iterate(1, 1, "TRIM_HORIZON", None).get(
            1,
            1,
            &[3],
        );
    });
    samples.stream_broken(PutDuplicate, "the-whole-batch-is-put-again", |story, _| {
        story.put_all(1, &[("k", "a", Some((0, 1))), ("k", "b", None)]);
        story.put_all(1, &[("k", "a", Some((0, 2))), ("k", "b", Some((0, 3)))]);
    });
}

/// What is read is what was put, under numbers that grow.
pub(super) fn add_of_reads(samples: &mut Samples) {
    samples.stream_holds(RecordIdentity, "the-same-in-all-reads", |story, _| {
        story.put("k", "a", 0, 1).put("k", "a", 1, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
        story.iterate(2, 0, "TRIM_HORIZON", None).get(2, 0, &[1]);
    });
    samples.stream_broken(RecordIdentity, "other-data-under-its-number", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).put("k", "b", 1, 1).get(
            1,
            0,
            &[1],
        );
    });
    samples.stream_broken(RecordIdentity, "another-partition-key", |story, _| {
        let records = json!([{ "SequenceNumber": "1", "PartitionKey": "l", "Data": "YQ==" }]);
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).with("Records", records);
    });
    samples.stream_holds(NoInvention, "put-with-and-without-an-answer", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).lost().iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]);
    });
    samples.stream_holds(NoInvention, "a-record-of-the-chaos", |story, _| {
        let records = json!([{ "SequenceNumber": "2", "PartitionKey": "k", "Data": "eyJwb2lzb24iOg==" }]);
        story.put_fault("K19", "poison-record").put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None);
        story.get(1, 0, &[1]).with("Records", records);
    });
    samples.stream_holds(NoInvention, "a-shard-by-its-number", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).asking("ShardId", "shard-0".into()).get(
            1,
            0,
            &[1],
        );
    });
    samples.stream_broken(NoInvention, "changed-data", |story, _| {
        let records = json!([{ "SequenceNumber": "1", "PartitionKey": "k", "Data": "Yg==" }]);
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).with("Records", records);
    });
    samples.stream_broken(NoInvention, "a-record-that-nobody-put", |story, _| {
        let records = json!([{ "SequenceNumber": "2", "PartitionKey": "k", "Data": "Yg==" }]);
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).with("Records", records);
    });
    samples.stream_holds(SequenceMonotone, "greater-each-time-in-a-shard", |story, _| {
        story.put("k", "a", 0, 9).put("k", "b", 0, 10).put("l", "c", 1, 3).put("k", "d", 2, 11).told_opened(2, &[0]);
        story.put_all(1, &[("k", "e", Some((2, 13))), ("k", "f", Some((2, 12)))]);
    });
    samples.stream_broken(SequenceMonotone, "a-lesser-number-in-a-shard", |story, _| {
        story.put("k", "a", 0, 10).put("k", "b", 0, 9);
    });
    samples.stream_broken(SequenceMonotone, "a-child-begins-below-its-parent", |story, _| {
        story.put("k", "a", 0, 10).told_opened(1, &[0]).put("k", "b", 1, 5);
    });
}

/// What holds for messages of queues holds for records.
pub(super) fn add_of_messages(samples: &mut Samples) {
    samples.stream_holds(AtLeastOnce, "read-or-not-yet-there", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).wait(2_000);
        story.put("k", "b", 0, 2).get(1, 0, &[]).put("k", "c", 0, 3).lost().wait(2_000).get(1, 0, &[2]);
        story.put("k", "d", 0, 4).wait(2_000).get(1, 0, &[]).with("MillisBehindLatest", 5.into());
        story.iterate(2, 0, "LATEST", None).get(2, 0, &[]).put("l", "e", 1, 5).wait(2_000);
        story.iterate(1, 1, "AFTER_SEQUENCE_NUMBER", Some(5)).get(1, 1, &[]);
    });
    samples.stream_broken(AtLeastOnce, "not-there-at-the-end-of-its-shard", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).wait(2_000).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
    });
    samples.stream_holds(Recovered, "put-without-an-answer-shows-up", |story, _| {
        story.put("k", "a", 0, 1).lost().put("k", "b", 0, 2).refused().iterate(1, 0, "TRIM_HORIZON", None).get(
            1,
            0,
            &[1],
        );
    });
    samples.stream_holds(Recovered, "failure-of-a-put-was-made-up-by-the-chaos", |story, _| {
        story.put("k", "a", 0, 1).refused().fault(0, "K3", "stored-failure", Some("a"));
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
    });
    samples.stream_broken(Recovered, "refused-put-shows-up", |story, _| {
        story.put("k", "a", 0, 1).refused().iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
    });
    samples.stream_holds(NoLoss, "every-record-had-its-effect", |story, expectation| {
        expectation.poison.insert("bad".to_owned());
        story.put("k", "old", 0, 1).iterate(1, 0, "LATEST", None).put("k", "a", 0, 2).put("k", "bad", 0, 3);
        story.put("k", "b", 0, 4).get(1, 0, &[2, 3, 4]).works(1, 2).handles(1, Start, 4, None);
        story.handles(1, End, 4, Some("not ours")).put("k", "c", 0, 5).lost();
    });
    samples.stream_holds(NoLoss, "records-of-a-producer-library-are-its-own-affair", |story, expectation| {
        expectation.tells_effects = true;
        story.put("k", "a", 0, 1).asking("Data", "84mawgoBYQ==".into());
    });
    samples.stream_holds(NoLoss, "kept-for-a-day", |story, expectation| {
        expectation.tells_effects = true;
        story.put("k", "a", 0, 1).wait(DAY_MS).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[]);
    });
    samples.stream_broken(NoLoss, "tail-of-a-closed-shard", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).put("k", "c", 1, 3).shards(&[(1, &[0])]);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).works(1, 1);
        story.iterate(1, 1, "TRIM_HORIZON", None).get(1, 1, &[3]).works(1, 3);
    });
}

/// What holds for effects of messages holds for those of records.
pub(super) fn add_of_effects(samples: &mut Samples) {
    samples.stream_holds(NoPhantom, "effects-of-what-was-put", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).refused().works(1, 1).effect(1, "b", 1);
    });
    samples.stream_broken(NoPhantom, "effect-that-nobody-put", |story, _| {
        story.put("k", "a", 0, 1).works(1, 1).effect(1, "z", 1);
    });
    samples.stream_broken(EffectOnce, "two-workers-with-one-shard", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).works(1, 1);
        story.iterate(2, 0, "TRIM_HORIZON", None).get(2, 0, &[1]).works(2, 1);
    });
    samples.stream_broken(NoOverlap, "two-workers-with-one-record", |story, _| {
        story.put("k", "a", 0, 1).handles(1, Start, 1, None).handles(2, Start, 1, None).handles(1, End, 1, None);
    });
    samples.stream_broken(PoisonIsolated, "poison-holds-up-its-shard", |story, expectation| {
        expectation.poison.insert("bad".to_owned());
        story.put("k", "bad", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]);
        story.handles(1, Start, 1, None).handles(1, Error, 1, Some("no JSON"));
    });
    samples.stream_holds(Drained, "done-in-time", |story, expectation| {
        expectation.drain_within_ms = Some(1_000);
        story
            .put("k", "a", 0, 1)
            .fault(0, "K6", "expired-iterator", None)
            .wait(500)
            .works(1, 1)
            .wait(2_000)
            .shards(&[(0, &[])]);
    });
    samples.stream_broken(Drained, "records-are-left-over", |story, expectation| {
        expectation.drain_within_ms = Some(1_000);
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).wait(1_500).works(1, 2).wait(2_000).shards(&[(0, &[])]);
    });
}

/// Batches.
pub(super) fn add_of_batches(samples: &mut Samples) {
    samples.stream_holds(BatchAccounting, "what-failed-is-put-again-or-told", |story, _| {
        story.put_all(1, &[("k", "a", Some((0, 1))), ("k", "b", None)]).put_all(1, &[("k", "b", Some((0, 2)))]);
        story.put("k", "c", 0, 3).put_all(1, &[("k", "c", None)]).handles(1, Start, 3, None).handles(
            1,
            Error,
            3,
            Some("full"),
        );
        story.put_all(2, &[("k", "d", None)]).crash(2);
    });
    samples.stream_broken(BatchAccounting, "failed-record-is-ignored", |story, _| {
        story.put_all(1, &[("k", "a", Some((0, 1))), ("k", "b", None)]);
    });
    samples.stream_broken(BatchAccounting, "fewer-results-than-records", |story, _| {
        story.put_all(1, &[("k", "a", Some((0, 1))), ("k", "b", Some((0, 2)))]);
        story.with("Records", json!([{ "ShardId": "shardId-000000000000", "SequenceNumber": "1" }]));
    });
    samples.stream_broken(BatchAccounting, "failures-are-not-counted", |story, _| {
        story
            .put_all(1, &[("k", "a", None)])
            .with("FailedRecordCount", 0.into())
            .put_all(1, &[("k", "a", Some((0, 1)))]);
    });
}
