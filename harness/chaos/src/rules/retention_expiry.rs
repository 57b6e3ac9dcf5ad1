//! S37: a message ends since its retention period is over.
//!
//! The rule deletes the message in the place of time. What is lost so is lost by the contract: a check must expect it.

use super::entries::deleted;
use super::fit::brings;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "retention-expiry",
    id: "S37",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A message ends since its retention period is over.
#[derive(Debug)]
pub(crate) struct RetentionExpiry;

impl Rule for RetentionExpiry {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a message is deleted when it has been queued for MessageRetentionPeriod",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message ends since its retention period is over; shows messages whose loss nobody notices."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        brings(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        deleted(turn)
    }
}
