//! S21: some entries of a batch delete are refused for their receipt handles.

use super::entries::{Blame, left_out};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "delete-batch-invalid-handle",
    id: "S21",
    services: &["sqs"],
    operations: &["DeleteMessageBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Some entries of a batch delete are refused for their receipt handles.
#[derive(Debug)]
pub(crate) struct DeleteBatchInvalidHandle;

impl Rule for DeleteBatchInvalidHandle {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a batch that is answered with 200 can have failed in part, a handle that expired is refused",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Some entries of a batch delete are refused for their receipt handles; shows deletes that are tried again for ever with a handle that is refused."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        left_out(turn, Blame::Handle);
        Act::Go
    }
}
