//! What happened inside the services, for histories.

use crate::{kinesis, sns, sqs};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// In SQS.
    Sqs(sqs::Event),
    /// In SNS.
    Sns(sns::Event),
    /// In Kinesis.
    Kinesis(kinesis::Event),
}
