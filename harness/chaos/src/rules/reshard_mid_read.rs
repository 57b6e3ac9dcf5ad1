//! K11: the shard of a read is split, or merged with its neighbour, and what is left in it comes before its children.
//!
//! The rule makes the call itself, when the stream is active; faults change the shards of a stream at most four times.

use redeliver_model::Value;

use super::resharding::{merge, split};
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "reshard-mid-read",
    id: "K11",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "how",
        kind: Kind::Word(&["split", "merge"]),
        default: "split",
        about: "what is done to it",
    }],
    refuses: &[],
};

/// The shard of a read is split, or merged with its neighbour, and what is left in it comes before its children.
#[derive(Debug)]
pub(crate) struct ReshardMidRead;

impl Rule for ReshardMidRead {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: whoever may split and merge shards does so at any time, and so does AWS where capacity is on demand",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The shard of a read is split, or merged with its neighbour, and what is left in it comes before its children; shows readers that begin children too early, never, or twice."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.2
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, memory: &Memory) -> bool {
        call.spot.is_some() && call.queue().is_some_and(|stream| memory.streams.reshards(stream) < MOST)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let stream = turn.queue();
        turn.memory.streams.reshard(&stream);
        Act::Consult("DescribeStream", turn.call.about_the_stream([]))
    }

    fn told(&self, turn: &mut Turn<'_>, said: Option<&Value>) -> Act {
        let plan = said.zip(turn.call.shard()).and_then(|(said, shard)| {
            let wants_merge = turn.parameters.text("how") == Some("merge");
            if wants_merge { merge(said, shard) } else { split(said, shard) }
        });
        match plan {
            Some((operation, members)) => Act::Ask(operation, turn.call.about_the_stream(members)),
            None => Act::Go,
        }
    }
}

/// How often the shards of a stream are changed in a run.
const MOST: u32 = 4;
