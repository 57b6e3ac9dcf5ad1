//! K17: the consumer is killed, as by a failing machine, and started anew.

use crate::plan::Parameters;
use crate::plan::{Known, Phase, Place};
use crate::{Legality, Rule, Stage, Strike};

static KNOWN: Known = Known {
    name: "crash",
    id: "K17",
    services: &[],
    operations: &[],
    phases: &[Phase::Consumer],
    parameters: &[],
    refuses: &[
        (Place::Decorator, "only who runs the consumer can do it"),
        (Place::Serve, "only who runs the consumer can do it"),
        (Place::Proxy, "only who runs the consumer can do it"),
    ],
};

/// the consumer is killed, as by a failing machine, and started anew.
#[derive(Debug)]
pub(crate) struct Crash;

impl Rule for Crash {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "operations: processes die at any point",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Shows effects without their deletion, and deletions without their effect."
    }

    fn stage(&self) -> Stage {
        Stage::Consumer
    }

    fn strike(&self, _parameters: &Parameters) -> Option<Strike> {
        Some(Strike::Crash)
    }
}
