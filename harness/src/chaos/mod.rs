//! Faults between the AWS SDK and any backend.
//!
//! - [`ChaosHttpClient`]: around the HTTP client of an SDK; start here
//! - `drive`: carries out what an exchange says

mod client;
mod drive;

pub use client::{ChaosHttpClient, SharedChaos};
