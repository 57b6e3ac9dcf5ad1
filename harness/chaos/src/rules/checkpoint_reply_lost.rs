//! K22: a checkpoint is written, and its writer does not learn it.

use super::fit::ONLY_AT_THE_TABLE;
use crate::plan::{Known, Parameters, Phase};
use crate::{Fate, Legality, Rule, Stage, TableCall, TableOperation, Turned};

static KNOWN: Known = Known {
    name: "checkpoint-reply-lost",
    id: "K22",
    services: &[],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TABLE,
};

/// A checkpoint is written, and its writer does not learn it.
#[derive(Debug)]
pub(crate) struct CheckpointReplyLost;

impl Rule for CheckpointReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "leases: connections break, and the write that was made before stays",
            source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A checkpoint is written, and its writer does not learn it; shows workers that write an older one after it, or take their own lease for lost."
    }

    fn stage(&self) -> Stage {
        Stage::Table
    }

    fn fits_table(&self, call: &TableCall<'_>) -> bool {
        call.operation == TableOperation::Checkpoint
    }

    fn turn_table(&self, _parameters: &Parameters) -> Option<Turned> {
        Some(Turned::to(Fate::ReplyLost))
    }
}
