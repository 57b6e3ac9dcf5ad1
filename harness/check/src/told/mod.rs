//! Events of the reference as lines of a history.
//!
//! - `record`: from an event to a line
//! - `sqs`, `sns`: name and details of what happened in a service

mod record;
mod sns;
mod sqs;

use record::since;
