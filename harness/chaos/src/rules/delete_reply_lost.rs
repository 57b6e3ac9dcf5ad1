//! S18: a message is deleted, and its consumer does not learn it.

use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "delete-reply-lost",
    id: "S18",
    services: &["sqs"],
    operations: &["DeleteMessage", "DeleteMessageBatch"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// a message is deleted, and its consumer does not learn it.
#[derive(Debug)]
pub(crate) struct DeleteReplyLost;

impl Rule for DeleteReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: a reply may be lost on the network",
            source: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The SDK tries again; shows consumers that take the error for a failure of their own."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        reply.is_some_and(Reply::is_success)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Break(Break::Reset)
    }
}
