//! S16: the answer of a receive arrives late, so that its messages have aged.

use std::time::Duration;

use super::fit::brings;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "late-receive",
    id: "S16",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(1, 900_000),
        default: "25s",
        about: "how late it arrives",
    }],
    refuses: &[],
};

/// The answer of a receive arrives late, so that its messages have aged.
#[derive(Debug)]
pub(crate) struct LateReceive;

impl Rule for LateReceive {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: the visibility timeout starts when SQS returns the message, not when it is handled",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The answer of a receive arrives late, so that its messages have aged; shows buffers whose messages expire before they are handled."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        brings(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Wait(turn.duration("by", Duration::from_secs(25)))
    }
}
