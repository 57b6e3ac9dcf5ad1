//! S22: an entry of a batch delete is told to have failed, yet its message is gone.

use super::entries::told_to_have_failed;
use super::fit::succeeded;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "delete-batch-false-failure",
    id: "S22",
    services: &["sqs"],
    operations: &["DeleteMessageBatch"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// An entry of a batch delete is told to have failed, yet its message is gone.
#[derive(Debug)]
pub(crate) struct DeleteBatchFalseFailure;

impl Rule for DeleteBatchFalseFailure {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: an error of the service does not say whether the call had its effect",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "An entry of a batch delete is told to have failed, yet its message is gone; shows consumers that count on a message to come back."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        told_to_have_failed(turn);
        Act::Go
    }
}
