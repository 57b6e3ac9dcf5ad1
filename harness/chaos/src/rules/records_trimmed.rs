//! K14: records are trimmed before a reader gets at them, since it comes a day too late.
//!
//! What is lost so is lost by the contract: a check must expect it.

use std::time::Duration;

use super::fit::ONLY_IN_VIRTUAL_TIME;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "records-trimmed",
    id: "K14",
    services: &["kinesis"],
    operations: &["GetRecords", "GetShardIterator"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter { name: "by", kind: Kind::Duration(1, 31_622_400_000), default: "25h", about: "how late" }],
    refuses: ONLY_IN_VIRTUAL_TIME,
};

/// Records are trimmed before a reader gets at them, since it comes a day too late.
#[derive(Debug)]
pub(crate) struct RecordsTrimmed;

impl Rule for RecordsTrimmed {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: records are kept for the retention period, 24 hours unless it was changed",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Records are trimmed before a reader gets at them, since it comes a day too late; shows gaps that nobody notices, and readers that insist on what is gone."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Wait(turn.duration("by", Duration::from_hours(25)))
    }
}
