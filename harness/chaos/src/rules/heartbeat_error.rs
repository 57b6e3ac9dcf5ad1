//! S12: an extension of the visibility timeout fails.
//!
//! Extensions go on failing for a while, so that the attempts of an SDK that tries again at once fail as well.

use std::time::Duration;

use super::modelled::modelled;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::running::End;
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "heartbeat-error",
    id: "S12",
    services: &["sqs"],
    operations: &["ChangeMessageVisibility", "ChangeMessageVisibilityBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "for",
        kind: Kind::Duration(1, 43_200_000),
        default: "10s",
        about: "how long extensions go on failing",
    }],
    refuses: &[],
};

/// An extension of the visibility timeout fails.
#[derive(Debug)]
pub(crate) struct HeartbeatError;

impl Rule for HeartbeatError {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: any call may be throttled",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "An extension of the visibility timeout fails; shows heartbeats that die or are not repeated."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let until = turn.now + turn.duration("for", Duration::from_secs(10));
        let (answer, queue) =
            (modelled("RequestThrottled", "The request was denied due to request throttling."), turn.queue());
        turn.memory.running.fail(until, KNOWN.operations, Some(&queue), End::Answer(answer.clone()));
        Act::Answer(answer)
    }
}
