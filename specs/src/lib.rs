//! The conformance contract of SQS, SNS and Kinesis as data: every spec file, embedded.
//!
//! The format is defined in this crate's `README.md`; `redeliver-spec` loads it. This crate depends on nothing of
//! ours, so that a runner in any shape can take the contract along.
//!
//! - `files`: [`files()`], each spec file with its path

mod files;

pub use files::files;
