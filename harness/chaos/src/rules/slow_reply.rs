//! X3: the answer comes late, long after its effect.

use std::time::Duration;

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "slow-reply",
    id: "X3",
    services: &[],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter { name: "by", kind: Kind::Duration(1, 900_000), default: "35s", about: "how late" }],
    refuses: &[],
};

/// the answer comes late, long after its effect.
#[derive(Debug)]
pub(crate) struct SlowReply;

impl Rule for SlowReply {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: there is no bound on latency",
            source: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "What the caller gave up may have had its effect; shows operations that are done twice."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Wait(turn.duration("by", Duration::from_secs(35)))
    }
}
