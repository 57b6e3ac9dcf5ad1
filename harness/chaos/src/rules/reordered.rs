//! S5: the messages of a receive come in another order.

use super::fit::standard;
use crate::edit::{messages, put_messages};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "reordered",
    id: "S5",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// the messages of a receive come in another order.
#[derive(Debug)]
pub(crate) struct Reordered;

impl Rule for Reordered {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: best-effort ordering",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Shows consumers that take the order of delivery for that of sending."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        let is_standard = standard(call);
        is_standard && reply.and_then(|reply| reply.output.as_ref()).is_some_and(|output| messages(output).len() > 1)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        if let Some(output) = turn.change_output() {
            let backwards = messages(output).iter().rev().cloned().collect();
            put_messages(output, backwards);
        }
        Act::Go
    }
}
