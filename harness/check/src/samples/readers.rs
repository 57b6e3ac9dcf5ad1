//! What readers of streams see, and how they keep their place.

use super::Samples;
use crate::CheckpointEnd::{Refused, Unknown};
use crate::HandlerState::{End, Error, Start};
use crate::Invariant::{CheckpointAfterEffect, CheckpointFenced, NonmonotonicPoll, PollSkip};
use crate::LeaseState::{Renewed, Taken};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Chains of iterators.
pub(super) fn add(samples: &mut Samples) {
    samples.stream_holds(PollSkip, "each-goes-on-where-the-last-ended", |story, _| {
        story
            .put("k", "a", 0, 1)
            .put("k", "b", 0, 2)
            .put("k", "c", 0, 3)
            .put("k", "d", 0, 12)
            .put("k", "lost", 0, 13)
            .lost();
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]).get(1, 0, &[]).get(1, 0, &[3, 12]);
        story.iterate(2, 0, "AFTER_SEQUENCE_NUMBER", Some(1)).get(2, 0, &[2]).iterate(
            2,
            0,
            "AT_SEQUENCE_NUMBER",
            Some(3),
        );
        story.get(2, 0, &[3]).iterate(3, 0, "LATEST", None).put("k", "e", 0, 14).get(3, 0, &[14]);
    });
    samples.stream_holds(PollSkip, "records-are-kept-for-a-day", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).wait(DAY_MS).put("k", "c", 0, 3);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[3]);
    });
    samples.stream_holds(PollSkip, "trimmed-by-the-chaos", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).fault(0, "K14", "trimmed-iterator", Some("a"));
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[2]);
    });
    samples.stream_broken(PollSkip, "a-gap-within-an-answer", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).put("k", "c", 0, 3);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 3]);
    });
    samples.stream_broken(PollSkip, "a-gap-between-answers", |story, _| {
        story.put("k", "a", 0, 9).put("k", "b", 0, 10).put("k", "c", 0, 11);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[9]).get(1, 0, &[]).get(1, 0, &[11]);
    });
    samples.stream_broken(PollSkip, "latest-leaves-out-what-came-since", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "LATEST", None).put("k", "b", 0, 2).put("k", "c", 0, 3).get(1, 0, &[3]);
    });
    samples.stream_broken(PollSkip, "another-reader-shows-what-is-there", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).put("k", "c", 0, 3);
        story.subscribe_to(1, 0, "TRIM_HORIZON").pushed(1, 0, &[1]).pushed(1, 0, &[2, 3]);
        story.iterate(2, 0, "AT_SEQUENCE_NUMBER", Some(1)).get(2, 0, &[2]);
    });
}

/// Chains that go back.
pub(super) fn add_of_returns(samples: &mut Samples) {
    samples.stream_holds(NonmonotonicPoll, "an-iterator-used-again-gives-the-same", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]);
    });
    samples.stream_holds(NonmonotonicPoll, "a-reader-goes-back-to-its-checkpoint", |story, _| {
        story.put("k", "a", 0, 9).put("k", "b", 0, 10).put("k", "c", 0, 11).iterate(1, 0, "LATEST", None).get(
            1,
            0,
            &[],
        );
        story.iterate(1, 0, "AFTER_SEQUENCE_NUMBER", Some(9)).get(1, 0, &[10, 11]).crash(1).restart(1);
        story.iterate(1, 0, "AFTER_SEQUENCE_NUMBER", Some(9)).get(1, 0, &[10]).get(1, 0, &[11]);
    });
    samples.stream_broken(NonmonotonicPoll, "the-next-answer-begins-again", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]).get(
            1,
            0,
            &[2],
        );
    });
    samples.stream_broken(NonmonotonicPoll, "after-a-number-comes-its-own-record", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "AFTER_SEQUENCE_NUMBER", Some(1)).get(
            1,
            0,
            &[1, 2],
        );
    });
    samples.stream_broken(NonmonotonicPoll, "backwards-within-an-answer", |story, _| {
        story.put("k", "a", 0, 9).put("k", "b", 0, 10).iterate(1, 0, "LATEST", None).get(1, 0, &[10, 9]);
    });
}

/// Leases and checkpoints.
pub(super) fn add_of_checkpoints(samples: &mut Samples) {
    samples.stream_holds(CheckpointAfterEffect, "effects-or-put-aside-then-the-checkpoint", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).put("k", "c", 0, 3).iterate(1, 0, "TRIM_HORIZON", None);
        story.get(1, 0, &[1, 2]).checkpoint_as(1, 0, 1, ("2", Refused)).works(1, 1).handles(1, Start, 2, None);
        story.handles(1, End, 2, Some("cancelled")).checkpoint(1, 0, 1, "2").get(1, 0, &[3]).checkpoint(1, 0, 1, "2");
        story.works(1, 3).checkpoint(1, 0, 1, "SHARD_END");
    });
    samples.stream_holds(
        CheckpointAfterEffect,
        "poison-and-what-was-never-read-are-not-waited-for",
        |story, expectation| {
            expectation.poison.insert("bad".to_owned());
            story.put("k", "bad", 0, 1).put("k", "b", 0, 2).put("k", "c", 0, 3).iterate(1, 0, "TRIM_HORIZON", None);
            story
                .get(1, 0, &[1, 2])
                .works(1, 2)
                .checkpoint(1, 0, 1, "2")
                .checkpoint(1, 0, 1, "TRIM_HORIZON")
                .checkpoint(1, 0, 1, "3");
        },
    );
    samples.stream_broken(CheckpointAfterEffect, "checkpoint-then-effect", |story, _| {
        story
            .put("k", "a", 0, 1)
            .iterate(1, 0, "TRIM_HORIZON", None)
            .get(1, 0, &[1])
            .checkpoint(1, 0, 1, "1")
            .works(1, 1);
    });
    samples.stream_broken(CheckpointAfterEffect, "checkpoint-behind-a-record-that-failed", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]);
        story.handles(1, Start, 1, None).handles(1, Error, 1, Some("full")).works(1, 2).checkpoint(1, 0, 1, "2");
    });
    samples.stream_broken(CheckpointAfterEffect, "end-of-the-shard-before-its-last-record", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1, 2]).closed();
        story.works(1, 1).checkpoint_as(1, 0, 1, ("SHARD_END", Unknown));
    });
    samples.stream_holds(CheckpointFenced, "a-stolen-lease-refuses-its-old-owner", |story, _| {
        story.put("k", "a", 0, 9).put("k", "b", 0, 10).lease(1, 0, 1, Taken).checkpoint(1, 0, 1, "TRIM_HORIZON");
        story.checkpoint(1, 0, 1, "9").lease(2, 0, 2, Taken).checkpoint_as(1, 0, 1, ("10", Refused));
        story.lease(2, 0, 2, Renewed).checkpoint(2, 0, 2, "9").checkpoint(2, 0, 2, "10").checkpoint(
            2,
            0,
            2,
            "SHARD_END",
        );
        story.checkpoint_as(1, 0, 1, ("9", Unknown));
    });
    samples.stream_holds(CheckpointFenced, "each-shard-has-epochs-of-its-own", |story, _| {
        story.lease(1, 0, 1, Taken).lease(2, 1, 7, Taken).checkpoint(1, 0, 1, "5").checkpoint(2, 1, 7, "4");
        story.lease(3, 1, 8, Taken).checkpoint(3, 1, 8, "4").checkpoint(1, 0, 1, "6");
    });
    samples.stream_broken(CheckpointFenced, "old-owner-writes-after-the-lease-was-stolen", |story, _| {
        story.lease(1, 0, 1, Taken).lease(2, 0, 2, Taken).checkpoint(2, 0, 2, "9").checkpoint(1, 0, 1, "10");
    });
    samples.stream_broken(CheckpointFenced, "back-to-an-earlier-record", |story, _| {
        story.lease(1, 0, 1, Taken).checkpoint(1, 0, 1, "10").checkpoint(1, 0, 1, "9");
    });
    samples.stream_broken(CheckpointFenced, "back-from-the-end-of-the-shard", |story, _| {
        story.lease(1, 0, 1, Taken).checkpoint(1, 0, 1, "SHARD_END").lease(2, 0, 2, Taken).checkpoint(2, 0, 2, "10");
    });
}
