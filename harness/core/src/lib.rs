//! The reference implementation of SQS, SNS and Kinesis as pure state machines.
//!
//! [`World::apply`] is a function: no async, IO, clock, randomness, HTTP or wire format. Time is an argument; every freedom that AWS
//! keeps for itself is a question to an [`Oracle`], and [`Calm`] gives the calm answers.
//!
//! - [`World`], [`Request`], [`Step`]: start here
//! - [`Oracle`], [`Calm`], [`Lifelike`]: the freedoms of AWS, their calm use, and their use as AWS was seen to make it
//! - [`Event`], [`Effect`]: what happened, and what the shell has to do
//! - [`Error`], [`Description`]: facts about refused calls; codes and texts in one table per service
//! - [`Limits`]: quotas, strict by default
//! - [`Ids`]: identifiers from a seed
//! - [`KeyFault`]: keys of KMS that do not work
//! - [`sqs`]: the queue service
//! - [`iam`]: policies of resources
//! - [`sns`]: the notification service
//! - [`kinesis`]: the service of streams

mod caller;
mod description;
mod effect;
mod error;
mod event;
mod hexadecimal;
pub mod iam;
mod ids;
pub mod kinesis;
mod kms;
mod lifelike;
mod limits;
mod log;
mod oracle;
pub mod sns;
pub mod sqs;
mod world;

pub use caller::{Arn, Caller};
pub use description::Description;
pub use effect::{Effect, Emitted, Ticket};
pub use error::Error;
pub use event::Event;
pub use ids::{Ids, Uuid};
pub use kms::{KeyFault, UnusableKey};
pub use lifelike::Lifelike;
pub use limits::Limits;
pub use oracle::{Calm, Change, Oracle, Poll};
pub use redeliver_model::Timestamp;
pub use world::{Answer, Command, Config, Outcome, Reply, Request, Step, World};
