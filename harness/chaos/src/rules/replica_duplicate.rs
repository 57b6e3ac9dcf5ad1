//! S1: a message is handed out again while the first delivery is being handled.

use std::time::Duration;

use super::fit::standard;
use crate::edit::{handle, messages};
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Alias, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "replica-duplicate",
    id: "S1",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[Parameter {
        name: "after",
        kind: Kind::Duration(0, 3_600_000),
        default: "50ms",
        about: "how long after the first delivery",
    }],
    refuses: &[],
};

/// a message is handed out again while the first delivery is being handled.
#[derive(Debug)]
pub(crate) struct ReplicaDuplicate;

impl Rule for ReplicaDuplicate {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: at-least-once delivery",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A server that was not told of the first delivery hands out its copy too; shows effects that are not idempotent."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        // A FIFO queue never does this.
        let is_standard = standard(call);
        is_standard && reply.and_then(|reply| reply.output.as_ref()).is_some_and(|output| !messages(output).is_empty())
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let due = turn.now + turn.duration("after", Duration::from_millis(50));
        let queue = turn.queue();
        let Some(output) = turn.reply.as_ref().and_then(|reply| reply.output.as_ref()) else { return Act::Go };
        let hit: Vec<_> = turn.entries.iter().filter_map(|index| messages(output).get(*index)).cloned().collect();
        for message in hit {
            let Some(real) = handle(&message).map(str::to_owned) else { continue };
            let copy = turn.memory.copy(&message, Alias::Real(real));
            turn.memory.hand_out_later(&queue, due, copy, false);
        }
        Act::Go
    }
}
