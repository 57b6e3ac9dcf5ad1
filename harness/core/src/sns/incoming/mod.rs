//! A message as it comes in, before it is taken.
//!
//! - `message`: [`Incoming`], what a publish or an entry of a batch says; start here
//! - `attributes`: message attributes
//! - `structure`: messages that say something else to each protocol
//! - `order`: message groups and deduplication ids

mod attributes;
mod message;
mod order;
mod structure;

pub(in crate::sns) use message::{Content, Incoming};
pub(in crate::sns) use order::Order;
