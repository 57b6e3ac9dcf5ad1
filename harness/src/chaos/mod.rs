//! Faults between the AWS SDK and any backend.
//!
//! - [`ChaosHttpClient`]: around the HTTP client of an SDK; start here
//! - `drive`: carries out what an exchange says
//! - `told`: faults as histories tell them

mod client;
mod drive;
mod told;

pub use client::{ChaosHttpClient, SharedChaos};
#[cfg(feature = "server")]
pub(crate) use drive::{Unanswered, drive};
pub(crate) use told::fault;
