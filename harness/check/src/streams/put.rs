//! What was to be put into streams.

use crate::traffic::{Outcome, Span};

/// A record that was to be put: one attempt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Put {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) payload: usize,
    /// The record that it became; `None` unless the put was acknowledged.
    pub(crate) record: Option<usize>,
    pub(crate) outcome: Outcome,
    /// Index of its call.
    pub(crate) call: usize,
}

/// Something that was put once or more often: the same data with the same partition key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Payload<'a> {
    pub(crate) stream: usize,
    pub(crate) partition_key: &'a str,
    /// In Base64.
    pub(crate) data: &'a str,
    /// Number of its business key.
    pub(crate) key: usize,
    /// The first attempt to put it.
    pub(crate) put: Option<usize>,
    /// Records that are one.
    pub(crate) records: usize,
}

impl Payload<'_> {
    /// Whether it holds records of a producer library, so that one record is many: what is done with them, their keys do not tell.
    /// <https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md>
    pub(crate) fn is_aggregated(&self) -> bool {
        // `F3 89 9A C2`, whose last two bits stand in a digit of their own.
        self.data.strip_prefix("84maw").is_some_and(|rest| rest.starts_with(|digit| ('g'..='v').contains(&digit)))
    }
}
