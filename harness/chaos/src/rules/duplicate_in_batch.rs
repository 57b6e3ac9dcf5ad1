//! S3: the same message stands twice in one receive.

use super::fit::{brings, standard};
use crate::edit::{handle, messages, put_messages};
use crate::plan::{Known, Phase};
use crate::{Act, Alias, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "duplicate-in-batch",
    id: "S3",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// The same message stands twice in one receive.
#[derive(Debug)]
pub(crate) struct DuplicateInBatch;

impl Rule for DuplicateInBatch {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: copies are kept on several servers, and more than one may be delivered",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The same message stands twice in one receive; shows batches of acknowledgements that name one message twice."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        standard(call) && brings(reply) && call.number("MaxNumberOfMessages").is_some_and(|most| most > 1)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let most = turn.call.number("MaxNumberOfMessages").and_then(|most| usize::try_from(most).ok()).unwrap_or(1);
        let Some(output) = turn.reply.as_ref().and_then(|reply| reply.output.as_ref()) else { return Act::Go };
        let mut found = messages(output).to_vec();
        for index in turn.entries.iter().rev() {
            let Some(message) = found.get(*index).cloned() else { continue };
            let Some(real) = handle(&message).map(str::to_owned) else { continue };
            found.insert(index + 1, turn.memory.copy(&message, Alias::Real(real)));
        }
        // A receive never brings more than it was asked for: what has no place stays in flight and comes again.
        found.truncate(most);
        if let Some(output) = turn.change_output() {
            put_messages(output, found);
        }
        Act::Go
    }
}
