//! What is wrong with a policy of archives or of replays. AWS's wording is not known.

use std::fmt;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchiveFault {
    /// No JSON object.
    NotJson,
    /// A member that such policies do not have.
    Unexpected {
        /// Its name.
        member: String,
    },
    /// A member that is not there, or has no value that it can have.
    Invalid {
        /// Its name.
        member: &'static str,
        /// What it can be.
        wanted: &'static str,
    },
    /// The end is before the start.
    Backwards,
    /// The topic keeps no messages.
    NoArchive,
}

impl fmt::Display for ArchiveFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => formatter.write_str("failed to parse JSON."),
            Self::Unexpected { member } => write!(formatter, "Unexpected JSON member: {member}"),
            Self::Invalid { member, wanted } => write!(formatter, "{member} must be {wanted}"),
            Self::Backwards => formatter.write_str("EndingPoint must be after StartingPoint"),
            Self::NoArchive => formatter.write_str("the topic has no message archive"),
        }
    }
}
