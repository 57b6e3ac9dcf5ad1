//! Attributes of queues: from texts to [`Settings`](super::settings::Settings) and back.
//!
//! - `parse`: [`changed`], settings with other values for some attributes
//! - `compare`: [`first_difference`], whether a queue is already as it is asked for
//! - `policy`: policies of queues as documents
//! - `redrive`: redrive policies as documents, and whether the target lets the source use it
//! - `read`: attributes as they read back
//! - `get`, `set`: `GetQueueAttributes`, `SetQueueAttributes`

mod compare;
mod get;
mod parse;
pub(super) mod policy;
mod read;
mod redrive;
mod set;

pub(super) use compare::first_difference;
pub(super) use parse::{Stage, boolean, changed};
pub(super) use read::attributes as readable;
