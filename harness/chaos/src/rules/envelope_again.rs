//! N16: a message of a topic is in a queue twice.
//!
//! The rule sends the envelope that a receive gave once more to the queue: SQS gives it another id, and the one that SNS gave it stays. A raw
//! message cannot be told from one that was sent to the queue.

use redeliver_model::{Fields, Value};

use super::fit::{brings, standard};
use crate::delivery::envelope;
use crate::edit::{messages, text};
use crate::plan::{Known, Phase, Place};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

/// Why the rule is not for worlds of one's own.
const AT_THE_TOPIC: &str =
    "there the topic itself delivers twice: `fan-out-duplicate` does it, for raw messages and webhooks as well";

static KNOWN: Known = Known {
    name: "envelope-again",
    id: "N16",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[(Place::InProcess, AT_THE_TOPIC), (Place::Serve, AT_THE_TOPIC)],
};

/// A message of a topic is in a queue twice.
#[derive(Debug)]
pub(crate) struct EnvelopeAgain;

impl Rule for EnvelopeAgain {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard topic: at-least-once delivery",
            source: "https://aws.amazon.com/sns/faqs/",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message of a topic is in a queue twice, under two ids of SQS; shows consumers that tell duplicates by the id that SQS gives."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        let output = reply.and_then(|reply| reply.output.as_ref());
        standard(call) && brings(reply) && output.is_some_and(|output| messages(output).iter().all(is_enveloped))
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let Some(output) = turn.reply.as_ref().and_then(|reply| reply.output.as_ref()) else { return Act::Go };
        let url = text(&turn.call.input, "QueueUrl").map(str::to_owned);
        let hit = turn.entries.iter().filter_map(|index| text(messages(output).get(*index)?, "Body"));
        let send = |body: &str| {
            let mut input = Fields::new();
            input.put("QueueUrl", url.clone());
            input.push("MessageBody", Value::String(body.to_owned()));
            Act::Ask("SendMessage", Value::Structure(input))
        };
        Act::Each(hit.map(send).collect())
    }
}

fn is_enveloped(message: &Value) -> bool {
    text(message, "Body").is_some_and(|body| envelope(body).is_some())
}
