//! S4: a receive succeeds and the consumer never sees it.

use crate::edit::messages;
use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "lost-receive",
    id: "S4",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// a receive succeeds and the consumer never sees it.
#[derive(Debug)]
pub(crate) struct LostReceive;

impl Rule for LostReceive {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a delivery may never reach its consumer",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/avoiding-inconsistent-message-processing.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The messages are in flight and count one receive, but their answer is lost; shows dead-letter queues with a maximum of one receive."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        reply.and_then(|reply| reply.output.as_ref()).is_some_and(|output| !messages(output).is_empty())
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Break(Break::Reset)
    }
}
