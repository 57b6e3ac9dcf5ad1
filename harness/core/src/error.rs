//! Why a call was refused, as a fact; each service has one table that turns facts into codes and texts.

use std::fmt;

use redeliver_model::Service;

use crate::{Description, kinesis, sns, sqs};

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Refused by SQS.
    Sqs(sqs::Error),
    /// Refused by SNS.
    Sns(sns::Error),
    /// Refused by Kinesis.
    Kinesis(kinesis::Error),
}

impl Error {
    /// The service that refused.
    pub fn service(&self) -> Service {
        match self {
            Self::Sqs(_) => Service::Sqs,
            Self::Sns(_) => Service::Sns,
            Self::Kinesis(_) => Service::Kinesis,
        }
    }

    /// Code, status and text.
    pub fn describe(&self) -> Description {
        match self {
            Self::Sqs(error) => error.describe(),
            Self::Sns(error) => error.describe(),
            Self::Kinesis(error) => error.describe(),
        }
    }
}

impl From<sqs::Error> for Error {
    fn from(error: sqs::Error) -> Self {
        Self::Sqs(error)
    }
}

impl From<sns::Error> for Error {
    fn from(error: sns::Error) -> Self {
        Self::Sns(error)
    }
}

impl From<kinesis::Error> for Error {
    fn from(error: kinesis::Error) -> Self {
        Self::Kinesis(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqs(error) => error.fmt(formatter),
            Self::Sns(error) => error.fmt(formatter),
            Self::Kinesis(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}
