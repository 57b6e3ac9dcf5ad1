//! What a history means: messages, leases, handlings and moments, read off its records.
//!
//! Start with [`Reading::of`].
//!
//! - `reading`: all of it
//! - `call`: calls with their answers, and the entries of batches
//! - `key`: the business key of a message
//! - `message`: messages under short names
//! - `lease`: when a message was hidden, and for whom
//! - `shard`: shards under short names, and the shards of iterators
//! - `handling`: when a worker was busy with a message
//! - `moment`: one thing that happened, in words
//! - `tell`: from calls and records to moments
//! - `role`: what a process is called

mod call;
mod handling;
mod key;
mod lease;
mod message;
mod moment;
mod reading;
mod role;
mod shard;
mod tell;

pub(crate) use handling::Handling;
pub(crate) use lease::LeaseEnd;
pub(crate) use message::{Message, Messages};
pub(crate) use moment::{Kind, Moment};
pub(crate) use reading::Reading;
pub(crate) use role::{Role, Roles};
