//! The messages of one queue.
//!
//! - `backlog`: [`Messages`], all messages of a queue
//! - `message`: [`Message`], outside of any queue
//! - `stored`: a message inside a queue, packed
//! - `standard`, `lane`, `tenants`: the order of a standard queue: shards, and on them fair turns between tenants
//! - `groups`: the order of a FIFO queue
//! - `ages`: all messages by age, for retention
//! - `dedup`, `attempts`: what a FIFO queue remembers of sends and of receives
//! - `slab`, `list`: where messages lie, and lists threaded through them

mod ages;
mod attempts;
mod backlog;
mod dedup;
mod groups;
mod lane;
mod list;
mod message;
mod slab;
mod standard;
mod stored;
mod tenants;

pub(super) use backlog::Messages;
