//! Delivery policies: how deliveries over HTTP are repeated, throttled and labelled.
//!
//! - `topic`, `subscription`: the attribute `DeliveryPolicy` of each, read, as it is shown, and what is in force
//! - `retry`: how often and how a delivery is repeated: the delay before each attempt
//! - `backoff`: how delays grow between the smallest and the largest
//! - `request`: content types
//! - `read`: from JSON to the parts, with complaints as AWS words them

mod backoff;
mod read;
mod request;
mod retry;
mod subscription;
mod topic;

pub use read::PolicyFault;
pub(crate) use retry::Retry;
pub(crate) use subscription::{InForce, SubscriptionPolicy};
pub(crate) use topic::TopicPolicy;
