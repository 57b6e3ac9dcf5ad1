//! Amazon SQS: standard and FIFO queues.
//!
//! - `service`: [`Sqs`], all queues of all accounts and regions; one call in, one answer out
//! - `queue`: one queue: identity, settings, messages
//! - `settings`: the settable attributes, typed
//! - `error`, `error_table`: facts about refused calls, and their codes and texts
//! - `event`, `log`: what happened

mod error;
mod error_table;
mod event;
mod log;
mod queue;
mod service;
mod settings;

pub use error::Error;
pub use error_table::Description;
pub use event::{Event, Happening};
pub(crate) use log::Log;
pub(crate) use service::{Call, Sqs};
