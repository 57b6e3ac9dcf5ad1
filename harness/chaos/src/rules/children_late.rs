//! K12: the children of a split or merged shard are listed later, and until then their parent looks open.

use std::time::Duration;

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "children-late",
    id: "K12",
    services: &["kinesis"],
    operations: &["ListShards", "DescribeStream"],
    phases: &[Phase::InReply],
    parameters: &[Parameter { name: "for", kind: Kind::Duration(1, 900_000), default: "30s", about: "how much later" }],
    refuses: &[],
};

/// The children of a split or merged shard are listed later, and until then their parent looks open.
#[derive(Debug)]
pub(crate) struct ChildrenLate;

impl Rule for ChildrenLate {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: shards that a change has made are found by listing again",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-after-resharding.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The children of a split or merged shard are listed later, and until then their parent looks open; shows readers that never find them, or that begin them at LATEST."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, memory: &Memory) -> bool {
        let output = reply.and_then(|reply| reply.output.as_ref());
        call.queue().zip(output).is_some_and(|(stream, output)| memory.streams.has_new_children(stream, output))
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let (stream, until) = (turn.queue(), turn.now + turn.duration("for", Duration::from_secs(30)));
        if let Some(output) = turn.reply.as_deref().and_then(|reply| reply.output.as_ref()) {
            turn.memory.streams.hide_new_children(&stream, output, until);
        }
        Act::Go
    }
}
