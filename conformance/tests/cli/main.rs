//! The real binary on small specs: exit codes, reports, what it prints.
//!
//! - `program`: runs the binary in a folder of its own
//! - `aws`: AWS as a target, played by served references
//! - `backend`: a backend that misbehaves
//! - `chaos`, `check`, `exit_codes`, `fuzz`, `known`, `determinism`, `commands`, `compare`, `console`, `health`, `proxy`, `reports`, `served`: the tests
//! - `github`, `junit`, `action`, `guide`: what the pages of a CI show, and how to get there
//! - `strangers`, `engine`: targets and containers that cannot be used, with the cause
//! - `recordings`: record, verify, diff
//! - `readme`: what the README says of the suite
//! - `pages`, `signals`: completions and manual pages; Ctrl-C and SIGTERM

#![expect(clippy::unwrap_used, reason = "all of this is a test")]

mod action;
mod aws;
mod backend;
#[cfg(unix)]
mod chaos;
mod check;
mod commands;
mod compare;
mod console;
mod determinism;
#[cfg(all(unix, feature = "containers"))]
mod engine;
mod exit_codes;
mod fuzz;
mod github;
mod guide;
mod health;
mod junit;
mod known;
mod pages;
mod program;
mod proxy;
mod readme;
mod recordings;
mod reports;
mod served;
#[cfg(unix)]
mod signals;
mod strangers;
mod targets;
