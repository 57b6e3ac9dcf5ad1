//! S8: a receive brings one message, however many there are.

use redeliver_model::Value;

use crate::edit::with;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "small-batch",
    id: "S8",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A receive brings one message, however many there are.
#[derive(Debug)]
pub(crate) struct SmallBatch;

impl Rule for SmallBatch {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a receive returns at most MaxNumberOfMessages and may return fewer",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A receive brings one message, however many there are; shows consumers that wait for full batches."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        call.number("MaxNumberOfMessages").is_some_and(|most| most > 1)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        with(turn.change_input(), "MaxNumberOfMessages", Some(Value::Integer(1)));
        Act::Go
    }
}
