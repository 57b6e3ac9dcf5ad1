//! S38: messages sent within a minute of a purge are purged as well.
//!
//! The purge is answered at once and carried out later, so that what is sent meanwhile is purged with the rest.

use std::time::Duration;

use redeliver_model::{Fields, Value};

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Answer, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "purge-window",
    id: "S38",
    services: &["sqs"],
    operations: &["PurgeQueue"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(1, 60_000),
        default: "30s",
        about: "how late it is carried out",
    }],
    refuses: &[],
};

/// Messages sent within a minute of a purge are purged as well.
#[derive(Debug)]
pub(crate) struct PurgeWindow;

impl Rule for PurgeWindow {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: purging takes up to 60 seconds, and messages sent meanwhile may be purged",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Messages sent within a minute of a purge are purged as well; shows tests and scripts that send right after a purge."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let due = turn.now + turn.duration("by", Duration::from_secs(30));
        turn.memory.running.send(due, turn.call.operation.name, turn.call.input.clone());
        Act::Answer(Answer::Output(Value::Structure(Fields::new())))
    }
}
