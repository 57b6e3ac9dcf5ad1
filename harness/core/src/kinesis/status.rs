//! What a stream is busy with.

use redeliver_model::kinesis::StreamStatus;

use super::change::Change;

/// What a stream is busy with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::kinesis) enum Status {
    /// It is being made, with so many shards.
    Creating {
        /// How many.
        shards: u32,
    },
    /// Nothing.
    Active,
    /// It is being changed.
    Updating(Change),
    /// It is being deleted.
    Deleting,
}

impl Status {
    /// As clients see it.
    pub(in crate::kinesis) fn to_model(&self) -> StreamStatus {
        match self {
            Self::Creating { .. } => StreamStatus::Creating,
            Self::Active => StreamStatus::Active,
            Self::Updating(_) => StreamStatus::Updating,
            Self::Deleting => StreamStatus::Deleting,
        }
    }
}
