//! K6: an iterator is older than five minutes when a read uses it.
//!
//! Every later read with it is refused, too.

use super::modelled::of_streams;
use crate::edit::text;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "iterator-expired",
    id: "K6",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// An iterator is older than five minutes when a read uses it.
#[derive(Debug)]
pub(crate) struct IteratorExpired;

impl Rule for IteratorExpired {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: an iterator is good for five minutes",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "An iterator is older than five minutes when a read uses it; shows readers that begin anew at the wrong place, or that ask for ever with what is over."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        call.spot.is_some()
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let answer = of_streams("ExpiredIteratorException", "Iterator expired.");
        if let Some(iterator) = text(&turn.call.input, "ShardIterator") {
            turn.memory.streams.expire(iterator, answer.clone());
        }
        Act::Answer(answer)
    }
}
