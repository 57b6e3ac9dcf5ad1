//! From calls and records to moments.
//!
//! - `moments`: all of them, in order; start here
//! - `call`: calls, one moment for each message
//! - `event`: records that belong to no call

mod call;
mod event;
mod moments;

pub(super) use moments::moments;
