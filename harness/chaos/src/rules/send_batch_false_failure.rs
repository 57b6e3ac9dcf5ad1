//! S26: an entry of a batch send is told to have failed, yet its message is queued.

use super::entries::told_to_have_failed;
use super::fit::succeeded;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "send-batch-false-failure",
    id: "S26",
    services: &["sqs"],
    operations: &["SendMessageBatch"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// An entry of a batch send is told to have failed, yet its message is queued.
#[derive(Debug)]
pub(crate) struct SendBatchFalseFailure;

impl Rule for SendBatchFalseFailure {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: an error of the service does not say whether the call had its effect",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "An entry of a batch send is told to have failed, yet its message is queued; shows messages that are sent twice."
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
