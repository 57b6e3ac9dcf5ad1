//! K1: a record is stored, and its producer does not learn it.
//!
//! The SDK puts it again: it is in the stream twice, under two sequence numbers.

use super::fit::succeeded;
use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "put-reply-lost",
    id: "K1",
    services: &["kinesis"],
    operations: &["PutRecord", "PutRecords"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// A record is stored, and its producer does not learn it.
#[derive(Debug)]
pub(crate) struct PutReplyLost;

impl Rule for PutReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a put whose answer is lost is put again, and stored again",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-record-processor-duplicates.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A record is stored, and its producer does not learn it; shows consumers that tell records apart by sequence number, and records without a key of their own."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Break(Break::Reset)
    }
}
