//! What was read from shards.

use std::ops::Range;

use super::Number;
use crate::traffic::Span;

/// Where in a shard a reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position<'a> {
    /// Before all records that are kept.
    Horizon,
    /// Behind all records that were there when this call was made.
    Latest(Span),
    /// Before the record of this number.
    At(Number<'a>),
    /// Behind the record of this number.
    After(Number<'a>),
    /// Nobody knows, for example at a time.
    Unknown,
}

impl<'a> Position<'a> {
    /// The number behind which all that follows is, where it is known.
    pub(crate) fn behind(self) -> Option<Number<'a>> {
        match self {
            Self::Horizon => Some(Number::ZERO),
            Self::After(number) => Some(number),
            _ => None,
        }
    }
}

/// An answer with records of a shard, or with none.
#[derive(Debug, Clone)]
pub(crate) struct Read<'a> {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) shard: usize,
    /// Where the reader was.
    pub(crate) from: Position<'a>,
    /// Whether it is the first with a new iterator.
    pub(crate) fresh: bool,
    /// Where the reader was afterwards.
    pub(crate) after: Position<'a>,
    /// Its records.
    pub(crate) got: Range<usize>,
    /// Whether the answer said that there is nothing more for now.
    pub(crate) at_tip: bool,
}

/// A record in an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Got {
    pub(crate) read: usize,
    pub(crate) record: usize,
    /// What came.
    pub(crate) payload: usize,
}
