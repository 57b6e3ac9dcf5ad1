//! N5: a message is published, and its producer does not learn it.

use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "publish-reply-lost",
    id: "N5",
    services: &["sns"],
    operations: &["Publish", "PublishBatch"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// A message is published, and its producer does not learn it.
#[derive(Debug)]
pub(crate) struct PublishReplyLost;

impl Rule for PublishReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard topic: what is published again is delivered again, under another id",
            source: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_prevent_interaction_failure_idempotent.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The SDK publishes again and every subscription gets the message twice under two ids of SNS; shows consumers that tell duplicates by that id."
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
