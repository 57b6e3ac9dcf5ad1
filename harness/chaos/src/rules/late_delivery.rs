//! S6: a message is kept back for minutes, then delivered.
//!
//! The rule receives the message in the consumer's place and hides it for as long, so that the backend itself delivers it later.

use std::time::Duration;

use super::entries::hidden;
use super::fit::{brings, standard};
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "late-delivery",
    id: "S6",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[Parameter {
        name: "for",
        kind: Kind::Duration(1_000, 43_200_000),
        default: "1m",
        about: "how long the message is kept back",
    }],
    refuses: &[],
};

/// A message is kept back for minutes, then delivered.
#[derive(Debug)]
pub(crate) struct LateDelivery;

impl Rule for LateDelivery {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: neither order nor when a message is delivered is promised",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message is kept back for minutes, then delivered; shows state that is overwritten by an older event."
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
        standard(call) && brings(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let time = turn.duration("for", Duration::from_mins(1));
        hidden(turn, time)
    }
}
