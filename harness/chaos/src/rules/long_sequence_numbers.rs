//! K21: sequence numbers become longer than those before them.
//!
//! What was told before stays as it is, and all calls take both. Events of subscriptions have the numbers of the backend: the rule is for streams
//! that are polled, and for histories without events of the backend, which has numbers of its own.

use super::fit::succeeded;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "long-sequence-numbers",
    id: "K21",
    services: &["kinesis"],
    operations: &["PutRecord", "PutRecords", "GetRecords"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// Sequence numbers become longer than those before them.
#[derive(Debug)]
pub(crate) struct LongSequenceNumbers;

impl Rule for LongSequenceNumbers {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a sequence number has up to 129 digits, and grows",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Sequence numbers become longer than those before them; shows numbers that are compared as texts, or cut to 64 bits."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, memory: &Memory) -> bool {
        let (streams, numbers) = (&memory.streams, &memory.numbers);
        let is_polled = |stream| !numbers.are_long(stream) && !streams.has_subscribers(stream);
        succeeded(reply) && call.queue().is_some_and(is_polled)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let stream = turn.queue();
        turn.memory.numbers.lengthen(&stream);
        Act::Go
    }
}
