//! K9: a read is carried out, and its answer is lost, at every attempt of the SDK.

use super::fit::reads;
use crate::plan::{Known, Phase};
use crate::running::End;
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "read-reply-lost",
    id: "K9",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// A read is carried out, and its answer is lost, at every attempt of the SDK.
#[derive(Debug)]
pub(crate) struct ReadReplyLost;

impl Rule for ReadReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: connections break, and an iterator can be used again",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A read is carried out, and its answer is lost, at every attempt of the SDK; shows readers that go on behind what they never got, or go back too far."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.5
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        reads(call, reply, 1)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        turn.memory.running.fail_attempts(turn.call, End::Break(Break::Reset));
        Act::Break(Break::Reset)
    }
}
