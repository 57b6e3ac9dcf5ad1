//! The messages of one queue.
//!
//! - `backlog`: [`Messages`], all messages of a queue: their states, and how they come and go
//! - `take`, `settle`, `purge`: handing messages out; what consumers say about them; emptying the queue
//! - `time`: what time does to messages: they become visible, and they expire
//! - `counts`: how many messages are in which state
//! - `view`: messages as they are, for those who look from outside
//! - `message`, `stored`, `body`: a message outside of any queue, and inside one; its text
//! - `standard`, `lane`, `tenants`: the order of a standard queue: shards, and on them fair turns between tenants
//! - `groups`: the order of a FIFO queue
//! - `remember`, `dedup`, `sends`, `attempts`: what a FIFO queue remembers of sends and of receives
//! - `ages`: all messages by age, for retention
//! - `slab`, `list`, `names`: where messages lie, lists threaded through them, groups by name

mod ages;
mod attempts;
mod backlog;
mod body;
mod counts;
mod dedup;
mod groups;
mod lane;
mod list;
mod message;
mod names;
mod purge;
mod remember;
#[cfg(test)]
mod sample;
mod sends;
mod settle;
mod slab;
mod standard;
mod stored;
mod take;
mod tenants;
mod time;
mod view;

pub(super) use attempts::Got;
pub(super) use backlog::Messages;
pub(crate) use body::Body;
pub(super) use counts::Counts;
pub(super) use dedup::hash_text;
pub(super) use message::{DeduplicationId, Extras, Message};
pub(super) use settle::{Deletion, Unchanged};
pub(super) use stored::Stored;
pub(super) use take::Cursor;
