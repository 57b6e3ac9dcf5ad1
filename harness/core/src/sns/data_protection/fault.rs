//! Why a text is no data protection policy.

use std::fmt;

/// Why a text is no data protection policy. None of AWS's texts about it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProtectionFault {
    /// It is longer than 30,720 characters.
    Length,
    /// It is not JSON.
    NotJson,
    /// A member is missing, or has a value that it cannot have.
    Member {
        /// Its name.
        name: &'static str,
        /// What it has to be.
        expected: &'static str,
    },
    /// There is more than one statement that audits.
    Audits,
    /// A regular expression is none, or is too long.
    Expression {
        /// The name of the identifier that has it.
        name: String,
    },
    /// The topic is a FIFO topic.
    Fifo,
}

impl fmt::Display for ProtectionFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => formatter.write_str("the policy must be at most 30720 characters long"),
            Self::NotJson => formatter.write_str("the policy is not a JSON object"),
            Self::Member { name, expected } => write!(formatter, "{name} must be {expected}"),
            Self::Audits => formatter.write_str("only one statement of a policy can audit"),
            Self::Expression { name } => {
                write!(formatter, "the regular expression of {name} is not valid, or longer than 200 characters")
            }
            Self::Fifo => formatter.write_str("FIFO topics have no data protection policy"),
        }
    }
}

impl std::error::Error for ProtectionFault {}
