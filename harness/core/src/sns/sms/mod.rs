//! Text messages: preferences, opt-out, sandbox, and messages themselves, which end in the outbox.
//!
//! - `registry`: what belongs to one account in one region
//! - `number`: phone numbers
//! - `preferences`, `get`, `set`: attributes of text messages, and the operations on them
//! - `opt_out`: numbers that want no messages
//! - `sandbox`, `verify`, `sandbox_list`: numbers that an account in the sandbox may write to
//! - `origination`: numbers that messages come from
//! - `parts`, `spending`: what a message costs, and whether the month's limit allows it
//! - `send`: a message to a number
//! - `fault`: facts about refused calls, and their codes and texts

mod fault;
mod get;
mod number;
mod opt_out;
mod origination;
mod parts;
mod preferences;
mod registry;
mod sandbox;
mod sandbox_list;
mod send;
mod set;
mod spending;
mod verify;

pub use fault::SmsFault;
pub(crate) use number::endpoint as endpoint_number;
pub(crate) use registry::Phones;
