//! Events of the reference as lines of a history.
//!
//! - `record`: from an event to a line
//! - `sqs`, `sns`, `kinesis`: name and details of what happened in a service

mod kinesis;
mod record;
mod sns;
mod sqs;

use record::since;
