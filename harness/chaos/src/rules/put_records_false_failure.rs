//! K3: a record of a put is told to have failed, yet it is stored.

use super::fit::succeeded;
use super::putting::told_to_have_failed;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "put-records-false-failure",
    id: "K3",
    services: &["kinesis"],
    operations: &["PutRecords"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A record of a put is told to have failed, yet it is stored.
#[derive(Debug)]
pub(crate) struct PutRecordsFalseFailure;

impl Rule for PutRecordsFalseFailure {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: an error of the service does not say whether the record was stored",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A record of a put is told to have failed, yet it is stored; shows records that are put twice, and keys whose records change places."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        told_to_have_failed(turn);
        Act::Go
    }
}
