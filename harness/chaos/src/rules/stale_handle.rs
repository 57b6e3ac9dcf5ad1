//! S17: a message is received again, and its delete with the handle of before does nothing.
//!
//! A copy may be delivered while the first is handled; a delete with the older handle then does nothing, and says so to nobody.

use redeliver_model::{Fields, Value};

use super::fit::standard;
use crate::edit::with;
use crate::plan::{Known, Phase};
use crate::{Act, Answer, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "stale-handle",
    id: "S17",
    services: &["sqs"],
    operations: &["DeleteMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A message is received again, and its delete with the handle of before does nothing.
#[derive(Debug)]
pub(crate) struct StaleHandle;

impl Rule for StaleHandle {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: every receive gives another handle; only the newest is sure to work",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message is received again, and its delete with the handle of before does nothing; shows consumers for whom a delete without an error is the end of a message."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        standard(call)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let mut input = turn.call.input.clone();
        with(&mut input, "VisibilityTimeout", Some(Value::Integer(0)));
        let done = Answer::Output(Value::Structure(Fields::new()));
        Act::Each(vec![Act::Ask("ChangeMessageVisibility", input), Act::Answer(done)])
    }
}
