//! From where on the readers of a shard have to see its records.

use super::{Number, Position, Stored, Streams};
use crate::mutation::mutated;

/// From where on the readers of a shard have to see its records. All processes but the test itself count as one group of readers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Starts<'a> {
    /// All of them.
    pub(crate) all: bool,
    /// From this number on, with or without its own record.
    from: Option<(Number<'a>, bool)>,
    /// Those that were put after this record of the history.
    since: Option<usize>,
    /// Whether anybody reads it.
    pub(crate) is_read: bool,
    /// Index of the first read.
    begin: usize,
}

impl<'a> Starts<'a> {
    /// Those of all shards.
    pub(super) fn of(streams: &Streams<'a>) -> Vec<Self> {
        let mut all = vec![Self { begin: usize::MAX, ..Self::default() }; streams.shards.len()];
        for read in streams.reads.iter().filter(|read| read.process != 0) {
            let first = read.got.clone().next().map(|got| streams.records[streams.got[got].record].number);
            let starts = &mut all[read.shard];
            starts.is_read = true;
            starts.begin = starts.begin.min(read.span.begin);
            match read.from {
                _ if !read.fresh => {}
                Position::Horizon => starts.all = true,
                Position::At(number) => starts.number(number, true),
                Position::After(number) => starts.number(number, false),
                Position::Latest(span) => {
                    starts.since = Some(starts.since.map_or(span.end, |since| since.min(span.end)));
                }
                Position::Unknown => {}
            }
            if let (Position::Unknown, Some(first)) = (read.from, first) {
                starts.number(first, true);
            }
        }
        // Who was reading a shard when others came of it has to go on with all of theirs.
        let followed = |shard: usize| {
            let seen_at = streams.shards[shard].seen_at;
            let mut parents = streams.shards[shard].parents.iter();
            parents.any(|parent| all[*parent].begin < seen_at) && !mutated("starts: children begin anew")
        };
        let followed: Vec<_> = (0..all.len()).map(followed).collect();
        for (starts, followed) in all.iter_mut().zip(followed) {
            starts.all |= followed && starts.is_read;
        }
        all
    }

    fn number(&mut self, number: Number<'a>, is_in: bool) {
        let earlier = |(other, was_in): (Number<'a>, bool)| other < number || (other == number && was_in);
        if !self.from.is_some_and(earlier) {
            self.from = Some((number, is_in));
        }
    }

    /// Whether the readers have to see a record of the shard.
    pub(crate) fn reach(&self, streams: &Streams<'_>, stored: &Stored<'_>) -> bool {
        let numbered =
            self.from.is_some_and(|(from, is_in)| if is_in { stored.number >= from } else { stored.number > from });
        let put = stored.put.map(|put| streams.puts[put].span.begin);
        self.all || numbered || self.since.zip(put).is_some_and(|(since, put)| put > since)
    }
}
