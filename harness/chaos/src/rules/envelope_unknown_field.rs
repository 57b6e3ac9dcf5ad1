//! N15: the envelope of a notification has a field that its consumer does not know.
//!
//! The signature stays good: it is about named fields.

use serde_json::Value as Json;

use super::entries::reworded;
use super::fit::brings;
use crate::delivery::envelope;
use crate::edit::{messages, text};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

/// The field, after all that are known.
const FIELD: &str = r#""RedeliverUnknown" : "a field that was added to the format""#;

static KNOWN: Known = Known {
    name: "envelope-unknown-field",
    id: "N15",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// The envelope of a notification has a field that its consumer does not know.
#[derive(Debug)]
pub(crate) struct EnvelopeUnknownField;

impl Rule for EnvelopeUnknownField {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: AWS adds fields to what it sends, and clients have to pass over those that they do not know",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The envelope of a notification has a field that its consumer does not know; shows parsers that accept nothing new."
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

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        let output = reply.and_then(|reply| reply.output.as_ref());
        let is_enveloped = |message| text(message, "Body").is_some_and(|body| envelope(body).is_some());
        brings(reply) && output.is_some_and(|output| messages(output).iter().all(is_enveloped))
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        reworded(turn, with_field)
    }
}

/// The same text with a field more before its last brace.
fn with_field(body: &str) -> Option<String> {
    let (fields, _) = body.trim_end().rsplit_once('}')?;
    let changed = format!("{},\n  {FIELD}\n}}", fields.trim_end());
    serde_json::from_str::<Json>(&changed).is_ok().then_some(changed)
}
