//! Amazon SQS: standard and FIFO queues.
//!
//! - `service`: [`Sqs`], all queues of all accounts and regions; one call in, one answer out
//! - `dispatch`, `context`: from commands to operations, and what every operation gets besides its parameters
//! - `registry`: queues by key, URL and ARN
//! - `queue`: one queue: identity, settings, messages
//! - `settings`, `in_force`: the settable attributes, typed; those that requests see
//! - `messages`: the messages of one queue: order, visibility, retention, deduplication
//! - `agenda`, `settle`: what happens by itself; changes that take their time
//! - `receive`: `ReceiveMessage`
//! - `receipt_handle`, `sequence`, `checksum`: handles, sequence numbers, digests
//! - `validate`: checks of parameters
//! - `error`, `fault`: facts about refused calls; `error_table`, `fault_table`: their codes and texts
//! - `event`, `log`: what happened

mod agenda;
mod checksum;
mod context;
mod dispatch;
mod error;
mod error_table;
mod event;
mod fault;
mod fault_table;
mod in_force;
mod log;
mod messages;
mod pending;
mod pending_messages;
mod queue;
mod receipt_handle;
mod receive;
mod registry;
mod sequence;
mod service;
mod settings;
mod settle;
mod validate;

pub use error::Error;
pub use error_table::Description;
pub use event::{Event, Happening};
pub use fault::{AttributeFault, RedriveAllowFault, RedriveFault, SystemAttributeFault, TagFault};
pub(crate) use log::Log;
pub(crate) use service::{Call, Sqs};
