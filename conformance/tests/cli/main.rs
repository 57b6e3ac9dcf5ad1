//! The real binary on small specs: exit codes, reports, what it prints.
//!
//! - `program`: runs the binary in a folder of its own
//! - `backend`: a backend that misbehaves
//! - `chaos`, `check`, `exit_codes`, `known`, `determinism`, `commands`, `console`, `health`, `proxy`, `reports`, `served`: the tests

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

mod backend;
#[cfg(unix)]
mod chaos;
mod check;
mod commands;
mod console;
mod determinism;
mod exit_codes;
mod health;
mod known;
mod program;
mod proxy;
mod reports;
mod served;
mod targets;
