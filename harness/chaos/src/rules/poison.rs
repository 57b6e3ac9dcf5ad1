//! S30: a message that cannot be read stands before another one.
//!
//! The rule sends a message of its own, to the same group: cut JSON. Whoever uses it must expect this message to be dead-lettered.

use redeliver_model::Value;

use crate::edit::{text, with};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "poison",
    id: "S30",
    services: &["sqs"],
    operations: &["SendMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A message that cannot be read stands before another one.
#[derive(Debug)]
pub(crate) struct Poison;

impl Rule for Poison {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a producer may send anything; what cannot be handled comes back until it is dead-lettered",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message that cannot be read stands before another one; shows queues without a dead-letter queue, and groups that one message holds up."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let mut input = turn.call.input.clone();
        let id = text(&input, "MessageDeduplicationId")
            .map(|id| Value::String(format!("poison-{id}").chars().take(128).collect()));
        with(&mut input, "MessageBody", Some(Value::String(POISON.to_owned())));
        with(&mut input, "MessageDeduplicationId", id);
        with(&mut input, "MessageAttributes", None);
        Act::Ask("SendMessage", input)
    }
}

/// No JSON, and no business key.
const POISON: &str = "{\"poison\":";
