//! S19: a deletion fails at each of its attempts.

use super::errors::INTERNAL_FAILURE;
use super::modelled::at_every_attempt;
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "delete-fails",
    id: "S19",
    services: &["sqs"],
    operations: &["DeleteMessage", "DeleteMessageBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// a deletion fails at each of its attempts.
#[derive(Debug)]
pub(crate) struct DeleteFails;

impl Rule for DeleteFails {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: a call may fail",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The message comes again when its timeout ends; shows effects that are not idempotent."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        at_every_attempt(turn, INTERNAL_FAILURE)
    }
}
