//! Amazon SNS: what it delivers.
//!
//! - `delivery`: from a published message to every endpoint that gets it
//! - `envelope`: what is delivered, byte for byte
//! - `signature`: how it is signed, and the certificate to check it with

#![allow(dead_code, unused_imports, reason = "topics and subscriptions are still to come")]

mod delivery;
mod envelope;
pub mod filter_policy;
mod signature;

pub use delivery::{Attempted, DeliveryId, Destination, PolicyFault, Post};
pub use signature::{CERTIFICATE, CERTIFICATE_PATH};
