//! K25: a subscription breaks off in the middle of an event.

use super::fit::succeeded;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Cut, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "subscription-cut",
    id: "K25",
    services: &["kinesis"],
    operations: &["SubscribeToShard"],
    phases: &[Phase::InReply],
    parameters: &[Parameter {
        name: "after",
        kind: Kind::Number(0, 1_000_000),
        default: "1",
        about: "after how many events",
    }],
    refuses: &[],
};

/// A subscription breaks off in the middle of an event.
#[derive(Debug)]
pub(crate) struct SubscriptionCut;

impl Rule for SubscriptionCut {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: connections break",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A subscription breaks off in the middle of an event; shows readers that take the event for handled, or that end at a broken connection."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        // The first frame is none of an event.
        let frames = 1 + turn.parameters.number("after").unwrap_or(1);
        Act::Cut(Cut { frames, is_torn: true })
    }
}
