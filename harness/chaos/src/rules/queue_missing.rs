//! S39: a queue is not there for a moment.
//!
//! A queue that has been there for longer is never missing: limit the rule to the start of a run, `between: [0s, 1m]`.

use super::modelled::modelled;
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "queue-missing",
    id: "S39",
    services: &["sqs"],
    operations: &[
        "SendMessage",
        "SendMessageBatch",
        "ReceiveMessage",
        "DeleteMessage",
        "DeleteMessageBatch",
        "ChangeMessageVisibility",
        "ChangeMessageVisibilityBatch",
        "GetQueueUrl",
        "GetQueueAttributes",
    ],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A queue is not there for a moment.
#[derive(Debug)]
pub(crate) struct QueueMissing;

impl Rule for QueueMissing {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: in the 60 seconds after its creation a queue can be unknown",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A queue is not there for a moment; shows consumers that end when a queue is not there yet."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(modelled("QueueDoesNotExist", "The specified queue does not exist."))
    }
}
