//! Streams: their shards, what was put into them, what was read, and what was done with it.
//!
//! - [`Streams`]: everything that a history tells of streams: start here
//! - [`Number`]: sequence numbers, which are longer than any integer
//! - [`Shard`], [`Stored`]: shards and their records
//! - [`Put`]: what was to be put, `puts`: read off calls
//! - [`Read`], [`Position`], [`Got`]: what was read from where, `reads`: read off calls
//! - `lineage`: which shards came of which
//! - [`Starts`]: from where on the readers of a shard have to see its records
//! - [`Work`]: when each record was handled
//! - `names`: what calls call a stream

mod index;
mod lineage;
mod names;
mod number;
mod put;
mod puts;
mod read;
mod reads;
mod shard;
mod starts;
mod work;

pub(crate) use index::Streams;
pub(crate) use number::Number;
pub(crate) use put::{Payload, Put};
pub(crate) use read::{Got, Position, Read};
pub(crate) use shard::{Shard, Stored};
pub(crate) use starts::Starts;
pub(crate) use work::{Moment, Work};
