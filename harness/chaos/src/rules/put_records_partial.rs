//! K2: some records of a put are refused for their rate, and the call is answered with 200.

use super::putting::throttled;
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "put-records-partial",
    id: "K2",
    services: &["kinesis"],
    operations: &["PutRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Some records of a put are refused for their rate, and the call is answered with 200.
#[derive(Debug)]
pub(crate) struct PutRecordsPartial;

impl Rule for PutRecordsPartial {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a put of several records may take some of them and refuse others",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Some records of a put are refused for their rate, and the call is answered with 200; shows records that are lost since nobody reads the answer."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        throttled(turn, turn.entries);
        Act::Go
    }
}
