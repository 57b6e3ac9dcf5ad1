//! One line of a history.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that happened during a run, as it was seen from outside, or told by the reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Milliseconds since the start of the case: virtual on the reference, real elsewhere.
    pub at_ms: u64,
    /// Who did it: 0 is the case itself, producers and consumers of a workload have numbers of their own.
    pub process: u32,
    /// What.
    pub what: What,
}

/// What happened.
///
/// Each `Invoke` of a process is followed by exactly one of `Ok`, `Fail` and `Info` of the same process before its next `Invoke`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum What {
    /// A call was sent.
    Invoke {
        /// Service prefix and operation, for example `sqs:SendMessage`.
        call: String,
        /// Its parameters by their API names.
        input: Value,
    },
    /// The call succeeded.
    Ok {
        /// Service prefix and operation.
        call: String,
        /// The response by its API names.
        output: Value,
    },
    /// The call was refused: it had no effect.
    Fail {
        /// Service prefix and operation.
        call: String,
        /// The code that SDKs show.
        code: String,
        /// The text.
        message: String,
    },
    /// The call may or may not have had its effect, for example because its reply was lost.
    Info {
        /// Service prefix and operation.
        call: String,
        /// Why nothing is known.
        reason: String,
    },
    /// Something happened inside the backend; only the reference tells.
    Event {
        /// Service prefix.
        service: String,
        /// The resource that it happened to, an ARN.
        resource: String,
        /// What happened, in lower-hyphen, for example `dead-lettered`.
        name: String,
        /// Details by name.
        detail: Value,
    },
}

impl What {
    /// The call that this is about; `None` for events.
    pub fn call(&self) -> Option<&str> {
        match self {
            Self::Invoke { call, .. } | Self::Ok { call, .. } | Self::Fail { call, .. } | Self::Info { call, .. } => {
                Some(call)
            }
            Self::Event { .. } => None,
        }
    }
}
