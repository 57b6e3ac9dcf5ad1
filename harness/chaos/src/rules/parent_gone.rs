//! K13: a parent shard is no longer listed, since its last record is gone.
//!
//! It is still read by whoever has an iterator. What is left in it for readers that find it by listing is lost by the contract: a check must expect
//! it, or all readers must be at its end.

use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "parent-gone",
    id: "K13",
    services: &["kinesis"],
    operations: &["ListShards", "DescribeStream"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A parent shard is no longer listed, since its last record is gone.
#[derive(Debug)]
pub(crate) struct ParentGone;

impl Rule for ParentGone {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a closed shard is gone when the retention period of its last record is over",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A parent shard is no longer listed, since its last record is gone; shows children that wait for it for ever."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, memory: &Memory) -> bool {
        let output = reply.and_then(|reply| reply.output.as_ref());
        call.queue().zip(output).is_some_and(|(stream, output)| !memory.streams.spent(stream, output).is_empty())
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let stream = turn.queue();
        if let Some(output) = turn.reply.as_deref().and_then(|reply| reply.output.as_ref()) {
            for shard in turn.memory.streams.spent(&stream, output) {
                turn.memory.streams.hide(&stream, shard);
            }
        }
        Act::Go
    }
}
