//! S13: an extension of the visibility timeout is carried out, its answer is lost.

use super::fit::succeeded;
use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "heartbeat-lost-reply",
    id: "S13",
    services: &["sqs"],
    operations: &["ChangeMessageVisibility", "ChangeMessageVisibilityBatch"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// An extension of the visibility timeout is carried out, its answer is lost.
#[derive(Debug)]
pub(crate) struct HeartbeatLostReply;

impl Rule for HeartbeatLostReply {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: no answer means that a call may or may not have been carried out: clients must be able to repeat it",
            source: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_prevent_interaction_failure_idempotent.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "An extension of the visibility timeout is carried out, its answer is lost; shows heartbeats that end when one answer is missing."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Break(Break::Reset)
    }
}
