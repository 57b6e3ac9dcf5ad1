//! S28: a send is accepted and never delivered, since its deduplication id was used a moment ago.
//!
//! AWS does so only when the sender used the id for another message a moment ago: it is out of contract for ids that differ.

use redeliver_model::{Fields, Value};

use super::fit::fifo;
use crate::edit::{digest, text};
use crate::plan::{Known, Phase};
use crate::{Act, Answer, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "deduplication-swallows",
    id: "S28",
    services: &["sqs"],
    operations: &["SendMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A send is accepted and never delivered, since its deduplication id was used a moment ago.
#[derive(Debug)]
pub(crate) struct DeduplicationSwallows;

impl Rule for DeduplicationSwallows {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO queue: a message with an id that was used within five minutes is accepted but not delivered",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html",
            breaks_contract: true,
        }
    }

    fn about(&self) -> &'static str {
        "A send is accepted and never delivered, since its deduplication id was used a moment ago; shows producers that give two messages one id."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call) && text(&call.input, "MessageBody").is_some()
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let body = text(&turn.call.input, "MessageBody").unwrap_or_default();
        let mut output = Fields::new();
        output.push("MD5OfMessageBody", Value::String(digest(body)));
        output.push("MessageId", Value::String("00000000-0000-4000-8000-5a110e5a110e".to_owned()));
        output.push("SequenceNumber", Value::String("18870000000000000000".to_owned()));
        Act::Answer(Answer::Output(Value::Structure(output)))
    }
}
