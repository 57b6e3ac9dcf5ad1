//! Runs the conformance specs against any SQS, SNS or Kinesis backend.
//!
//! - [`finding`]: what running one case gave

pub mod finding;
