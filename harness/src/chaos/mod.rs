//! Faults between the AWS SDK and any backend.
//!
//! - [`ChaosHttpClient`]: around the HTTP client of an SDK; start here
//! - `deliveries`: the faults of a world's own deliveries
//! - `drive`: carries out what an exchange says
//! - `told`: faults as histories tell them

mod client;
mod deliveries;
mod drive;
mod told;

pub use client::{ChaosHttpClient, SharedChaos};
pub(crate) use deliveries::{DeliveryFaults, Faulty};
#[cfg(feature = "server")]
pub(crate) use drive::{Unanswered, drive};
pub(crate) use told::fault;
