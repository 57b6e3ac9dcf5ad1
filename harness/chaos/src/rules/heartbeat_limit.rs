//! S14: an extension is refused since the message would be hidden for more than 12 hours in all.
//!
//! AWS refuses so only when the 12 hours are over, which no run waits for: it is out of contract before that.

use super::modelled::modelled;
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "heartbeat-limit",
    id: "S14",
    services: &["sqs"],
    operations: &["ChangeMessageVisibility"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// An extension is refused since the message would be hidden for more than 12 hours in all.
#[derive(Debug)]
pub(crate) struct HeartbeatLimit;

impl Rule for HeartbeatLimit {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a message is hidden for at most 12 hours from its receive; extensions do not restart them",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
            breaks_contract: true,
        }
    }

    fn about(&self) -> &'static str {
        "An extension is refused since the message would be hidden for more than 12 hours in all; shows jobs that go on without a lease."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(modelled(
            "InvalidParameterValue",
            "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
        ))
    }
}
