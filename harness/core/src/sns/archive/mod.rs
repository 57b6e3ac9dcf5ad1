//! The past of FIFO topics: messages kept, and delivered again to subscriptions that ask for them.
//!
//! - `policy`: the attribute `ArchivePolicy` of a topic
//! - `store`: [`Archive`], the messages of one topic
//! - `replay`, `start`: the attribute `ReplayPolicy` of a subscription, and how far it has got; its beginning
//! - `fault`: what is wrong with either

mod fault;
mod policy;
mod replay;
mod start;
mod store;

pub use fault::ArchiveFault;
pub(crate) use policy::ArchivePolicy;
pub(crate) use replay::{Replay, ReplayPolicy};
pub(crate) use store::Archive;
