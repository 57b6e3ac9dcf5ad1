//! From calls and records to moments.
//!
//! - `moments`: all of them, in order; start here
//! - `call`: calls, one moment for each message
//! - `stream`: calls of streams
//! - `event`: records that belong to no call
//! - `place`: leases, checkpoints and shards that open

mod call;
mod event;
mod moments;
mod place;
mod stream;

pub(super) use moments::moments;
