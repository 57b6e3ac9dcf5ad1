//! The attributes of a queue.

use redeliver_model::kinesis::{DeadLetterConfiguration, QueueAttributes, TargetType};

use super::QueueFault;
use crate::kinesis::Error;

/// What a queue has unless its maker says otherwise.
/// <https://docs.aws.amazon.com/streams/latest/dev/consuming-with-queues.html>
const VISIBILITY_SECS: u32 = 30;
const RECEIVES_MAX: u32 = 6;
/// Longest visibility timeout.
const VISIBILITY_SECS_MAX: u32 = 43_200;

/// The attributes of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes {
    /// Seconds for which a record is hidden after it was received.
    pub(super) visibility_secs: u32,
    /// Receives after which a record is a dead letter; none where no record ever is.
    pub(super) receives_max: Option<u32>,
}

impl Default for Attributes {
    fn default() -> Self {
        Self { visibility_secs: VISIBILITY_SECS, receives_max: Some(RECEIVES_MAX) }
    }
}

impl Attributes {
    /// These, changed by what a call says.
    pub(super) fn with(mut self, given: Option<&QueueAttributes>) -> Result<Self, Error> {
        let Some(given) = given else { return Ok(self) };
        if let Some(secs) = given.visibility_timeout_seconds {
            self.visibility_secs = visibility_secs(secs)?;
        }
        if let Some(dead_letters) = &given.dead_letter_configuration {
            self.receives_max = receives_max(dead_letters)?;
        }
        Ok(self)
    }

    /// As clients see them.
    pub(super) fn to_model(self) -> QueueAttributes {
        let target = if self.receives_max.is_some() { TargetType::BuiltIn } else { TargetType::None };
        QueueAttributes {
            dead_letter_configuration: Some(DeadLetterConfiguration {
                max_receive_count: self.receives_max.and_then(|most| i32::try_from(most).ok()),
                target_type: Some(target),
            }),
            visibility_timeout_seconds: i32::try_from(self.visibility_secs).ok(),
        }
    }
}

/// Reads `VisibilityTimeoutSeconds`.
pub(super) fn visibility_secs(given: i32) -> Result<u32, Error> {
    let secs = u32::try_from(given).ok().filter(|secs| *secs <= VISIBILITY_SECS_MAX);
    let must = "have value between 0 and 43200";
    secs.ok_or(Error::OutOfRange { member: "visibilityTimeoutSeconds", value: given.into(), must })
}

fn receives_max(given: &DeadLetterConfiguration) -> Result<Option<u32>, Error> {
    match (given.target_type.as_ref().unwrap_or(&TargetType::BuiltIn), given.max_receive_count) {
        (TargetType::None, _) => Ok(None),
        (TargetType::BuiltIn, Some(count)) => {
            let most = u32::try_from(count).ok().filter(|most| (1..=1_000).contains(most));
            let range = "have value between 1 and 1000";
            most.map(Some).ok_or(Error::OutOfRange { member: "maxReceiveCount", value: count.into(), must: range })
        }
        (TargetType::BuiltIn, None) => {
            Err(QueueFault::Unfit { reason: "MaxReceiveCount is required for BUILT_IN dead letters." }.into())
        }
        (TargetType::Other(other), _) => Err(Error::Unknown { member: "targetType", value: other.to_string() }),
    }
}
