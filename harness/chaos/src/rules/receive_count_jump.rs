//! S10: the receive count of a message is higher than what a consumer saw of it.

use super::fit::brings;
use crate::edit::{change, messages, put_messages};
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "receive-count-jump",
    id: "S10",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[Parameter { name: "by", kind: Kind::Number(1, 1_000), default: "3", about: "how much higher it is" }],
    refuses: &[],
};

/// The receive count of a message is higher than what a consumer saw of it.
#[derive(Debug)]
pub(crate) struct ReceiveCountJump;

impl Rule for ReceiveCountJump {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: the count is approximate, and receives whose answers were lost count",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The receive count of a message is higher than what a consumer saw of it; shows consumers that give up by the count alone."
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
        brings(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let (by, entries) = (turn.parameters.number("by").unwrap_or(3), turn.entries);
        let Some(output) = turn.change_output() else { return Act::Go };
        let mut found = messages(output).to_vec();
        for index in entries {
            let Some(message) = found.get_mut(*index) else { continue };
            change(message, "Attributes", "ApproximateReceiveCount", |count| {
                count.parse::<u64>().map_or_else(|_| count.to_owned(), |count| count.saturating_add(by).to_string())
            });
        }
        put_messages(output, found);
        Act::Go
    }
}
