//! Channels: what a stream takes is written into objects, without a consumer.
//!
//! - `channel`: one channel and all of them; start here
//! - `manage`, `list`: channels come, change, go and are found
//! - `destination`: where a channel writes
//! - `template`: the keys of objects
//! - `settle`: what takes a while about a channel
//! - `deliver`: records become objects when the oldest has waited for long enough
//! - `format`: what of a record stands in an object, or why it is a dead letter
//! - `object`: [`StoredObject`], what the shell writes
//! - `fault`: [`ChannelFault`], why calls are refused

#[expect(clippy::module_inception, reason = "a channel is what the folder is about")]
mod channel;
mod deliver;
mod destination;
mod fault;
mod format;
mod list;
mod manage;
mod object;
mod settle;
mod template;

pub(in crate::kinesis) use channel::{ChannelId, Channels};
pub use fault::ChannelFault;
pub use object::{Compression, StoredObject};
