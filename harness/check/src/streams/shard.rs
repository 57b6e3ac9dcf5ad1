//! Shards and their records.

use super::Number;

/// A shard.
#[derive(Debug, Clone)]
pub(crate) struct Shard<'a> {
    /// Number of its stream.
    pub(crate) stream: usize,
    pub(crate) id: &'a str,
    /// The shards that it came of, as far as the history tells.
    pub(crate) parents: Vec<usize>,
    /// Index of the record of the history that first named it.
    pub(crate) seen_at: usize,
    /// Its records in the order of their numbers.
    pub(crate) records: Vec<usize>,
}

/// A record that is in a shard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stored<'a> {
    pub(crate) shard: usize,
    pub(crate) number: Number<'a>,
    /// What it is, as it was first put or read.
    pub(crate) payload: usize,
    /// The acknowledged put that it came from.
    pub(crate) put: Option<usize>,
    /// Where it was first read.
    pub(crate) got: Option<usize>,
    /// Where it was first read by a reader that is not the test itself.
    pub(crate) seen: Option<usize>,
    /// Its place among the records of its shard.
    pub(crate) rank: usize,
}
