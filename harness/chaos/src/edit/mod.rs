//! Changes to calls and replies as values; encoding them is the exchange's business.
//!
//! - `batch`: entries of batch calls that are left out or said to have failed
//! - `member`: members of structures, in place
//! - `messages`: the messages of a receive's reply
//! - `records`: records of streams: those of a put with their results, those of a read

mod batch;
mod member;
mod messages;
mod records;

pub(crate) use batch::{Blame, fail, failure};
pub(crate) use member::{list, text, with};
pub(crate) use messages::{attribute, change, digest, handle, messages, put_body, put_messages, take_messages};
pub(crate) use records::{not_taken, put_results, records, text_of};
