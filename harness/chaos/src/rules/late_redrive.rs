//! S34: messages that were dead-lettered come back late, after newer ones of their group.
//!
//! Before a receive the rule starts to move the messages of a dead-letter queue back; with none in it, nothing happens.

use redeliver_model::{Fields, Value};

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "late-redrive",
    id: "S34",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter { name: "from", kind: Kind::Text, default: "", about: "ARN of the dead-letter queue" }],
    refuses: &[],
};

/// Messages that were dead-lettered come back late, after newer ones of their group.
#[derive(Debug)]
pub(crate) struct LateRedrive;

impl Rule for LateRedrive {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a dead-letter queue takes a message out of its order, and a redrive sends it anew",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Messages that were dead-lettered come back late, after newer ones of their group; shows state that depends on the order of a group."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let mut input = Fields::new();
        input.push("SourceArn", Value::String(turn.parameters.text("from").unwrap_or_default().to_owned()));
        Act::Ask("StartMessageMoveTask", Value::Structure(input))
    }
}
