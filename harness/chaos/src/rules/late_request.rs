//! X4: a request is under way for so long that it is carried out after newer ones.
//!
//! The caller sees its connection break at once; the request itself reaches the backend later, when newer ones have been carried
//! out.

use std::time::Duration;

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Break, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "late-request",
    id: "X4",
    services: &["sqs", "kinesis"],
    operations: &["SendMessage", "DeleteMessage", "ChangeMessageVisibility", "PutRecord", "PutRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(1, 900_000),
        default: "40s",
        about: "how late it is carried out",
    }],
    refuses: &[],
};

/// A request is under way for so long that it is carried out after newer ones.
#[derive(Debug)]
pub(crate) struct LateRequest;

impl Rule for LateRequest {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: a client that timed out does not know whether its request is still to arrive",
            source: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_prevent_interaction_failure_idempotent.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A request is under way for so long that it is carried out after newer ones; shows requests that undo what newer ones did."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let due = turn.now + turn.duration("by", Duration::from_secs(40));
        turn.memory.running.send(due, turn.call.operation.name, turn.call.input.clone());
        Act::Break(Break::Reset)
    }
}
