//! K20: a subscription to a shard ends after some events, as it does after five minutes.

use super::fit::succeeded;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Cut, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "subscription-ends",
    id: "K20",
    services: &["kinesis"],
    operations: &["SubscribeToShard"],
    phases: &[Phase::InReply],
    parameters: &[Parameter {
        name: "after",
        kind: Kind::Number(0, 1_000_000),
        default: "2",
        about: "after how many events",
    }],
    refuses: &[],
};

/// A subscription to a shard ends after some events, as it does after five minutes.
#[derive(Debug)]
pub(crate) struct SubscriptionEnds;

impl Rule for SubscriptionEnds {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a subscription lasts five minutes at most",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A subscription to a shard ends after some events, as it does after five minutes; shows readers that take its end for that of the shard, or that begin the next one at the wrong place."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        // The first frame is none of an event.
        let frames = 1 + turn.parameters.number("after").unwrap_or(2);
        Act::Cut(Cut { frames, is_torn: false })
    }
}
