//! Runs the conformance specs against any SQS, SNS or Kinesis backend.
//!
//! - [`aws`]: AWS itself as a target
//! - [`cli`]: the command line
//! - [`register`]: every case as a cargo test of its own name
//! - [`specs`], [`select`]: which cases
//! - [`run`]: running them, several at a time
//! - [`finding`]: what running one case gave
//! - [`verdict`]: what that means, given what is [`known`] of the target
//! - [`event`]: what a run tells its reporters
//! - [`report`]: the reporters
//! - [`compare`]: several targets' results, side by side
//! - [`recording`]: what a target answered, kept
//! - [`history`]: history files, checked
//! - [`exit`]: the exit codes
//! - [`target`]: what specs run against
//! - [`exec`]: running one case
//! - [`campaign`]: chaos for consumers in any language
//! - [`fuzz`]: what two targets do differently, as specs
//! - [`client`]: any operation by its name through the AWS SDK
//! - [`observe`]: what was seen of a call
//! - [`matching`]: whether that is what was expected

pub mod aws;
pub mod campaign;
pub mod cli;
pub mod client;
pub mod compare;
pub mod event;
pub mod exec;
pub mod exit;
pub mod finding;
#[cfg(feature = "fuzz")]
pub mod fuzz;
pub mod history;
pub mod known;
pub mod matching;
pub mod observe;
pub mod recording;
pub mod register;
pub mod report;
pub mod run;
pub mod select;
pub mod specs;
pub mod target;
pub mod verdict;
