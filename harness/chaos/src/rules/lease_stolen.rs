//! K15: another worker takes the lease of a shard while its owner works.
//!
//! The owner learns it from the table: what it asks for is refused.

use super::fit::ONLY_AT_THE_TABLE;
use crate::plan::{Known, Parameters, Phase};
use crate::{Fate, Legality, Rule, Stage, TableCall, TableOperation, Turned};

static KNOWN: Known = Known {
    name: "lease-stolen",
    id: "K15",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TABLE,
};

/// Another worker takes the lease of a shard while its owner works.
#[derive(Debug)]
pub(crate) struct LeaseStolen;

impl Rule for LeaseStolen {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "leases: a worker that another one takes for dead, or that has more than its share, loses leases at any time",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-record-processor-duplicates.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Another worker takes the lease of a shard while its owner works; shows workers that go on with what is no longer theirs, and state without a fence."
    }

    fn stage(&self) -> Stage {
        Stage::Table
    }

    fn share(&self) -> f64 {
        0.5
    }

    fn fits_table(&self, call: &TableCall<'_>) -> bool {
        call.operation != TableOperation::Take
    }

    fn turn_table(&self, _parameters: &Parameters) -> Option<Turned> {
        Some(Turned::to(Fate::Stolen))
    }
}
