//! K24: a consumer that subscribes again is refused, since its last subscription is still open.

use super::modelled::of_streams;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "subscription-refused",
    id: "K24",
    services: &["kinesis"],
    operations: &["SubscribeToShard"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A consumer that subscribes again is refused, since its last subscription is still open.
#[derive(Debug)]
pub(crate) struct SubscriptionRefused;

impl Rule for SubscriptionRefused {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a consumer that subscribes to a shard again within five seconds is refused",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A consumer that subscribes again is refused, since its last subscription is still open; shows readers that end at it, or that go on at another place."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, memory: &Memory) -> bool {
        memory.streams.has_subscribed(call)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(of_streams("ResourceInUseException", "Another active subscription exists for this consumer."))
    }
}
