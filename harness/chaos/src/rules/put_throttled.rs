//! K4: a put is refused as a whole since its shard is over its rate, at every attempt of the SDK.

use super::modelled::{RATE_EXCEEDED, at_every_attempt, of_streams};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "put-throttled",
    id: "K4",
    services: &["kinesis"],
    operations: &["PutRecord", "PutRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A put is refused as a whole since its shard is over its rate, at every attempt of the SDK.
#[derive(Debug)]
pub(crate) struct PutThrottled;

impl Rule for PutThrottled {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a shard takes 1 MiB and 1,000 records a second",
            source: "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A put is refused as a whole since its shard is over its rate, at every attempt of the SDK; shows producers that drop what was refused, or that try again without waiting."
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
