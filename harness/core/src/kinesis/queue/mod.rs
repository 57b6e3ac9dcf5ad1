//! Queues on streams: every record is handed out until someone acknowledges it, or until it is a dead letter.
//!
//! - `queue`, `attributes`: one queue and its attributes
//! - `backlog`: which records of the stream a queue still has to hand out
//! - `manage`, `list`, `settle`: queues come, change, go and are found; what takes a while
//! - `receive`, `wait`: records are handed out, at once or as soon as there are some
//! - `entries`: records are acknowledged, hidden and restored
//! - `handle`: receipt handles
//! - `fault`: why calls about queues are refused

mod attributes;
mod backlog;
mod entries;
mod fault;
mod handle;
mod list;
mod manage;
#[expect(clippy::module_inception, reason = "a queue is what the folder is about")]
mod queue;
mod receive;
mod settle;
mod wait;

pub use fault::QueueFault;
pub(in crate::kinesis) use queue::{QueueId, Queues};
