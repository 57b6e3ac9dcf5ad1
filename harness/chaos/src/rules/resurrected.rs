//! S2: a message comes back after it was deleted.

use std::time::Duration;

use super::fit::standard;
use crate::edit::text;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Alias, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "resurrected",
    id: "S2",
    services: &["sqs"],
    operations: &["DeleteMessage"],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter {
        name: "after",
        kind: Kind::Duration(0, 1_209_600_000),
        default: "2s",
        about: "how long after the deletion",
    }],
    refuses: &[],
};

/// a message comes back after it was deleted.
#[derive(Debug)]
pub(crate) struct Resurrected;

impl Rule for Resurrected {
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
        "A server that missed the deletion hands out its copy; shows consumers for whom deleted means done."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, memory: &Memory) -> bool {
        let is_standard = standard(call);
        let is_known = text(&call.input, "ReceiptHandle").is_some_and(|handle| memory.delivered(handle).is_some());
        is_standard && is_known && reply.is_some_and(Reply::is_success)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let due = turn.now + turn.duration("after", Duration::from_secs(2));
        let queue = turn.queue();
        let deleted = text(&turn.call.input, "ReceiptHandle").and_then(|handle| turn.memory.delivered(handle));
        if let Some(message) = deleted.map(|delivered| delivered.message.clone()) {
            let copy = turn.memory.copy(&message, Alias::Gone);
            turn.memory.hand_out_later(&queue, due, copy, false);
        }
        Act::Go
    }
}
