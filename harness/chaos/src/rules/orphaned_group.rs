//! S29: a message of a group stays in flight with nobody, so that its group waits.

use super::fit::{brings, fifo};
use crate::edit::{attribute, messages, take_messages};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "orphaned-group",
    id: "S29",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A message of a group stays in flight with nobody, so that its group waits.
#[derive(Debug)]
pub(crate) struct OrphanedGroup;

impl Rule for OrphanedGroup {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO queue: no message of a group is delivered while another one of it is in flight",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message of a group stays in flight with nobody, so that its group waits; shows consumers that stop for all groups when one waits."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call) && brings(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let Some(output) = turn.change_output() else { return Act::Go };
        let group =
            messages(output).first().and_then(|message| attribute(message, "MessageGroupId")).map(str::to_owned);
        // Without the attribute, which a receive has to ask for, all of them may be of one group.
        take_messages(output, |message| group.is_some() && attribute(message, "MessageGroupId") != group.as_deref());
        Act::Go
    }
}
