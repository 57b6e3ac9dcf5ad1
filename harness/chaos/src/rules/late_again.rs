//! S41: a message that was handled and deleted comes again after hours.
//!
//! The delete does nothing, and the message is hidden for as long as the plan says, at most the 12 hours that SQS can hide it. An
//! operator's redrive after a day is the same to a consumer: the message comes when the memory of it is gone.

use std::time::Duration;

use redeliver_model::{Fields, Value};

use super::fit::standard;
use crate::edit::with;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Answer, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "late-again",
    id: "S41",
    services: &["sqs"],
    operations: &["DeleteMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "after",
        kind: Kind::Duration(1_000, 43_200_000),
        default: "1h",
        about: "how much later it comes again",
    }],
    refuses: &[],
};

/// A message that was handled and deleted comes again after hours.
#[derive(Debug)]
pub(crate) struct LateAgain;

impl Rule for LateAgain {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: a delete that one server misses leaves a copy that can be delivered again",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message that was handled and deleted comes again after hours; shows memories of what was done that end too early."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        standard(call)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let after = turn.duration("after", Duration::from_hours(1));
        let mut input = turn.call.input.clone();
        let seconds = i64::try_from(after.as_secs()).unwrap_or(i64::MAX);
        with(&mut input, "VisibilityTimeout", Some(Value::Integer(seconds)));
        let done = Answer::Output(Value::Structure(Fields::new()));
        Act::Each(vec![Act::Ask("ChangeMessageVisibility", input), Act::Answer(done)])
    }
}
