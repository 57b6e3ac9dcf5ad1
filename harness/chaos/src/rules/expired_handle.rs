//! S35: a delete on a FIFO queue is refused since the visibility timeout has passed.
//!
//! The delete is under way for longer than the visibility timeout, so that the backend itself refuses it.

use std::time::Duration;

use super::fit::fifo;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "expired-handle",
    id: "S35",
    services: &["sqs"],
    operations: &["DeleteMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(1, 43_200_000),
        default: "45s",
        about: "how late the delete arrives",
    }],
    refuses: &[],
};

/// A delete on a FIFO queue is refused since the visibility timeout has passed.
#[derive(Debug)]
pub(crate) struct ExpiredHandle;

impl Rule for ExpiredHandle {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO queue: on a FIFO queue a handle is invalid once its visibility timeout has passed",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A delete on a FIFO queue is refused since the visibility timeout has passed; shows deletes whose refusal nobody notices."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Wait(turn.duration("by", Duration::from_secs(45)))
    }
}
