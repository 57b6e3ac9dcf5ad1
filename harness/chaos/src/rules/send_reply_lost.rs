//! S24: a message is stored, and its producer does not learn it.

use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "send-reply-lost",
    id: "S24",
    services: &["sqs"],
    operations: &["SendMessage", "SendMessageBatch"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// a message is stored, and its producer does not learn it.
#[derive(Debug)]
pub(crate) struct SendReplyLost;

impl Rule for SendReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: what is sent again is stored again",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The SDK sends again and the message is there twice under two ids; shows consumers that tell duplicates by the message id."
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
