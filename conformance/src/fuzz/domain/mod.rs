//! What a service's parameters mean.
//!
//! - [`Domain`], [`of`]: what the generator asks, and the domain of a service
//! - `sqs`, `sns`, `kinesis`: one service each

mod kinesis;
mod service;
mod sns;
mod sqs;

pub(super) use service::{Domain, of};
