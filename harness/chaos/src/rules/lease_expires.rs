//! S11: the visibility timeout ends while the message is being handled.

use redeliver_model::{Fields, Value};

use crate::edit::{handle, messages, text};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "lease-expires",
    id: "S11",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// the visibility timeout ends while the message is being handled.
#[derive(Debug)]
pub(crate) struct LeaseExpires;

impl Rule for LeaseExpires {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a message is visible again when its timeout ends",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The message is visible again at once, as if its handling had taken too long; shows effects of two consumers at the same time."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        reply.and_then(|reply| reply.output.as_ref()).is_some_and(|output| !messages(output).is_empty())
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let Some(output) = turn.reply.as_ref().and_then(|reply| reply.output.as_ref()) else { return Act::Go };
        let hit = turn.entries.iter().filter_map(|index| handle(messages(output).get(*index)?));
        let entries: Vec<_> = hit.enumerate().map(|(number, handle)| released(number, handle)).collect();
        let mut input = Fields::new();
        if let Some(url) = text(&turn.call.input, "QueueUrl") {
            input.push("QueueUrl", Value::String(url.to_owned()));
        }
        input.push("Entries", Value::List(entries));
        Act::Ask("ChangeMessageVisibilityBatch", Value::Structure(input))
    }
}

fn released(number: usize, handle: &str) -> Value {
    let mut entry = Fields::new();
    entry.push("Id", Value::String(number.to_string()));
    entry.push("ReceiptHandle", Value::String(handle.to_owned()));
    entry.push("VisibilityTimeout", Value::Integer(0));
    Value::Structure(entry)
}
