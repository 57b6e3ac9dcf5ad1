//! K16: a checkpoint is not written.

use super::fit::ONLY_AT_THE_TABLE;
use crate::plan::{Known, Parameters, Phase};
use crate::{Fate, Legality, Rule, Stage, TableCall, TableOperation, Turned};

static KNOWN: Known = Known {
    name: "checkpoint-fails",
    id: "K16",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TABLE,
};

/// A checkpoint is not written.
#[derive(Debug)]
pub(crate) struct CheckpointFails;

impl Rule for CheckpointFails {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "leases: a write to the table may fail or be throttled",
            source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A checkpoint is not written; shows workers that end at it, that take it for written, or that go on for ever without one."
    }

    fn stage(&self) -> Stage {
        Stage::Table
    }

    fn fits_table(&self, call: &TableCall<'_>) -> bool {
        call.operation == TableOperation::Checkpoint
    }

    fn turn_table(&self, _parameters: &Parameters) -> Option<Turned> {
        Some(Turned::to(Fate::Fails))
    }
}
