//! What readers see when shards come of others.

use super::Samples;
use crate::Invariant::{KeyOrderAcrossReshard, ParentBeforeChild, PrefixLostWrite};

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Nothing is left behind, and parents come first.
pub(super) fn add(samples: &mut Samples) {
    samples.stream_holds(PrefixLostWrite, "parent-to-its-end-then-both-children", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).put("k", "b", 0, 2);
        story.shards(&[(0, &[]), (1, &[0]), (2, &[0])]).put("k", "c", 1, 3).put("l", "d", 2, 4);
        story.get(1, 0, &[2]).closed().iterate(1, 1, "TRIM_HORIZON", None).get(1, 1, &[3]);
        story.iterate(2, 2, "TRIM_HORIZON", None).get(2, 2, &[4]);
    });
    samples.stream_holds(PrefixLostWrite, "who-starts-late-need-not-see-what-came-before", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).iterate(1, 0, "LATEST", None).put("k", "c", 0, 3).get(1, 0, &[3]);
        story.put("l", "d", 1, 9).put("l", "e", 1, 10).iterate(1, 1, "AFTER_SEQUENCE_NUMBER", Some(9)).get(1, 1, &[10]);
        story.put("m", "f", 2, 5).put("m", "g", 2, 6).iterate(1, 2, "AT_TIMESTAMP", None).get(1, 2, &[6]);
    });
    samples.stream_holds(PrefixLostWrite, "trimmed-in-time-or-by-the-chaos", |story, _| {
        story.put("k", "a", 0, 1).put("l", "b", 1, 2).wait(DAY_MS).put("k", "c", 0, 3);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[3]);
        story.put("m", "d", 2, 4).put("m", "e", 2, 5).fault(0, "K14", "trimmed-iterator", Some("d"));
        story.iterate(1, 2, "TRIM_HORIZON", None).get(1, 2, &[5]);
    });
    samples.stream_broken(PrefixLostWrite, "latest-after-an-expired-iterator", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).put("k", "b", 0, 2);
        story.iterate(1, 0, "LATEST", None).put("k", "c", 0, 3).get(1, 0, &[3]);
    });
    samples.stream_broken(PrefixLostWrite, "one-behind-the-last-record", |story, _| {
        story.put("k", "a", 0, 9).put("k", "b", 0, 10).put("k", "c", 0, 11);
        story.iterate(1, 0, "AT_SEQUENCE_NUMBER", Some(9)).get(1, 0, &[9]);
        story.iterate(1, 0, "AFTER_SEQUENCE_NUMBER", Some(10)).get(1, 0, &[11]);
    });
    samples.stream_broken(PrefixLostWrite, "latest-of-a-child", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "LATEST", None).put("k", "b", 0, 2).get(1, 0, &[2]);
        story.told_opened(1, &[0]).put("k", "c", 1, 3).get(1, 0, &[]).closed();
        story.iterate(1, 1, "LATEST", None).put("k", "d", 1, 4).get(1, 1, &[4]);
    });
    samples.stream_broken(PrefixLostWrite, "an-empty-answer-is-taken-for-the-end-of-a-parent", |story, _| {
        story.put("k", "a", 0, 1).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]).put("k", "b", 0, 2);
        story.told_opened(1, &[0]).put("k", "c", 1, 3).get(1, 0, &[]).with("MillisBehindLatest", 9.into());
        story.iterate(1, 1, "TRIM_HORIZON", None).get(1, 1, &[3]);
    });
    samples.stream_broken(PrefixLostWrite, "closed-grandparent-is-never-read", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).put("k", "c", 2, 3).shards(&[(0, &[]), (1, &[0]), (2, &[1])]);
        story.iterate(1, 2, "TRIM_HORIZON", None).get(1, 2, &[3]);
    });
    samples.stream_holds(ParentBeforeChild, "children-after-their-parents", |story, _| {
        story.put("k", "a", 0, 1).put("l", "b", 1, 2).put("k", "c", 2, 3).put("k", "d", 3, 4);
        story.shards(&[(0, &[]), (1, &[]), (2, &[0, 1]), (3, &[2])]);
        story.works(1, 1).works(2, 2).works(1, 3).works(1, 4).crash(1).restart(1).works(2, 4);
    });
    samples.stream_holds(ParentBeforeChild, "a-parent-handled-again-after-a-crash", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).shards(&[(1, &[0])]).works(1, 1).works(1, 2).works(2, 1);
    });
    samples.stream_broken(ParentBeforeChild, "child-first", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).shards(&[(1, &[0])]).works(1, 2).works(1, 1);
    });
    samples.stream_broken(ParentBeforeChild, "second-parent-of-a-merge-is-late", |story, _| {
        story.put("k", "a", 0, 1).put("l", "b", 1, 2).put("k", "c", 2, 3).told_opened(2, &[0, 1]);
        story.works(1, 1).works(1, 3).works(2, 2);
    });
    samples.stream_broken(ParentBeforeChild, "while-the-parent-is-still-at-work", |story, _| {
        use crate::HandlerState::{End, Start};
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).told_opened(1, &[0]).handles(1, Start, 1, None).works(2, 2);
        story.handles(1, End, 1, None);
    });
    samples.stream_broken(ParentBeforeChild, "grandparent-is-late", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 2, 2).told_opened(1, &[0]).told_opened(2, &[1]).works(1, 2).works(1, 1);
    });
}

/// Order within partition keys.
pub(super) fn add_of_order(samples: &mut Samples) {
    samples.stream_holds(KeyOrderAcrossReshard, "each-key-in-its-order", |story, _| {
        story.put("k", "a", 0, 1).put("l", "b", 0, 2).put("k", "c", 1, 3).put("l", "d", 0, 4);
        story.works(1, 1).works(2, 3).works(1, 2).works(1, 4).works(2, 1);
    });
    samples.stream_holds(KeyOrderAcrossReshard, "a-batch-has-no-order", |story, _| {
        story.put_all(1, &[("k", "a", Some((0, 2))), ("k", "b", Some((0, 1)))]).works(2, 1).works(2, 2);
        story.put_all(1, &[("k", "c", Some((0, 4))), ("k", "d", None)]).put_all(1, &[("k", "d", Some((0, 5)))]);
        story.works(2, 4).works(2, 5);
    });
    samples.stream_holds(KeyOrderAcrossReshard, "copies-have-no-place", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 0, 2).put("k", "a", 0, 3).works(1, 2).works(1, 3);
    });
    samples.stream_broken(KeyOrderAcrossReshard, "child-before-its-parent", |story, _| {
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).shards(&[(1, &[0])]).works(2, 2).works(1, 1);
    });
    samples.stream_broken(KeyOrderAcrossReshard, "read-in-another-order", |story, expectation| {
        expectation.reads_are_effects = true;
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).iterate(1, 1, "TRIM_HORIZON", None).get(1, 1, &[2]);
        story.iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
    });
    samples.stream_broken(KeyOrderAcrossReshard, "a-retry-is-overtaken-by-the-next-batch", |story, _| {
        story.put_all(1, &[("l", "x", Some((0, 1))), ("k", "a", None)]).put("k", "b", 0, 2);
        story.put_all(1, &[("k", "a", Some((0, 3)))]).works(2, 1).works(2, 2).works(2, 3);
    });
    samples.stream_broken(KeyOrderAcrossReshard, "a-retry-is-overtaken-within-its-batch", |story, _| {
        story.put_all(1, &[("k", "a", None), ("k", "b", Some((0, 1)))]).put_all(1, &[("k", "a", Some((0, 2)))]);
        story.works(2, 1).works(2, 2);
    });
}
