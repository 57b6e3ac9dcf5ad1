//! S15: the handler stands still for longer than the message is hidden.

use std::time::Duration;

use crate::plan::Parameters;
use crate::plan::{Kind, Known, Parameter, Phase, Place};
use crate::{Legality, Rule, Stage, Strike};

static KNOWN: Known = Known {
    name: "stall",
    id: "S15",
    services: &[],
    operations: &[],
    phases: &[Phase::Consumer],
    parameters: &[Parameter { name: "for", kind: Kind::Duration(1, 43_200_000), default: "45s", about: "how long" }],
    refuses: &[
        (Place::Decorator, "only who runs the consumer can do it"),
        (Place::Serve, "only who runs the consumer can do it"),
        (Place::Proxy, "only who runs the consumer can do it"),
    ],
};

/// the handler stands still for longer than the message is hidden.
#[derive(Debug)]
pub(crate) struct Stall;

impl Rule for Stall {
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
        "A pause of the process, as by garbage collection or a frozen machine; shows work that goes on after its lease."
    }

    fn stage(&self) -> Stage {
        Stage::Consumer
    }

    fn strike(&self, parameters: &Parameters) -> Option<Strike> {
        Some(Strike::Stall(parameters.duration("for").unwrap_or(Duration::from_secs(45))))
    }
}
