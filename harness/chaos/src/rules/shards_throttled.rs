//! K27: a call about the shards of a stream is refused since there were too many of them, at every attempt of the SDK.

use super::modelled::{RATE_EXCEEDED, at_every_attempt, of_streams};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "shards-throttled",
    id: "K27",
    services: &["kinesis"],
    operations: &["ListShards", "DescribeStream", "DescribeStreamSummary", "GetShardIterator"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A call about the shards of a stream is refused since there were too many of them, at every attempt of the SDK.
#[derive(Debug)]
pub(crate) struct ShardsThrottled;

impl Rule for ShardsThrottled {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: calls of the control plane are limited to few a second",
            source: "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A call about the shards of a stream is refused since there were too many of them, at every attempt of the SDK; shows loops that end at it, and listings that are taken for empty."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.5
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let answer = match turn.call.operation.name {
            "GetShardIterator" => of_streams(RATE_EXCEEDED, "Rate exceeded for a shard of the stream."),
            _ => of_streams("LimitExceededException", "Rate exceeded for the stream."),
        };
        at_every_attempt(turn, answer)
    }
}
