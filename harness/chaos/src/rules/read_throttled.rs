//! K7: a read is refused since its shard is over its rate, at every attempt of the SDK.

use super::modelled::{RATE_EXCEEDED, at_every_attempt, of_streams};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "read-throttled",
    id: "K7",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A read is refused since its shard is over its rate, at every attempt of the SDK.
#[derive(Debug)]
pub(crate) struct ReadThrottled;

impl Rule for ReadThrottled {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a shard gives 2 MiB in five reads a second",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A read is refused since its shard is over its rate, at every attempt of the SDK; shows readers that end at it, or that pass over what they did not get."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.5
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        at_every_attempt(turn, of_streams(RATE_EXCEEDED, "Rate exceeded for a shard of the stream."))
    }
}
