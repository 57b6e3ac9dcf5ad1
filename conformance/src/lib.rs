//! Runs the conformance specs against any SQS, SNS or Kinesis backend.
//!
//! - [`finding`]: what running one case gave
//! - [`verdict`]: what that means, given what is [`known`] of the target
//! - [`event`]: what a run tells its reporters
//! - [`exit`]: the exit codes

pub mod event;
pub mod exit;
pub mod finding;
pub mod known;
pub mod verdict;
