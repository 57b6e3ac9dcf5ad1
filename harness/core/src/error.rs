//! Why a call was refused, as a fact; each service has one table that turns facts into codes and texts.

use std::fmt;

use crate::sqs;

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Refused by SQS.
    Sqs(sqs::Error),
}

impl From<sqs::Error> for Error {
    fn from(error: sqs::Error) -> Self {
        Self::Sqs(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqs(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {}
