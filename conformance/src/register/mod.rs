//! Registers every case as a test of its own name with `cargo test` and nextest.
//!
//! In `Cargo.toml` of a project that speaks to a backend:
//!
//! ```toml
//! [[test]]
//! name = "contract"
//! harness = false
//! ```
//!
//! and in `tests/contract.rs` one line:
//!
//! ```no_run
//! redeliver_conformance::main!(specs = specs::sqs(), target = target::endpoint_from_env("SQS_ENDPOINT"));
//! ```
//!
//! Names are case ids, so `cargo test --test contract -- sqs/fifo` and `--exact sqs/fifo/order::…` select as usual, and so does
//! nextest. `REDELIVER_SEED` and `REDELIVER_PROFILE` are those of `redeliver run`.
//!
//! - [`main!`](crate::main): start here
//! - [`specs`]: which cases
//! - [`target`]: against what
//! - `trials`: how a case becomes a test
//! - `settings`: seed and profile

mod macros;
mod settings;
pub mod target;
mod trials;

pub use crate::specs;
pub use trials::run;
