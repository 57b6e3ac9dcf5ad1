//! X10: one of several consumers stands still, and goes on when another has its messages.

use std::time::Duration;

use crate::plan::{Kind, Known, Parameter, Parameters, Phase, Place};
use crate::{Legality, Rule, Stage, Strike};

static KNOWN: Known = Known {
    name: "stalled-replica",
    id: "X10",
    services: &[],
    operations: &[],
    phases: &[Phase::Consumer],
    parameters: &[Parameter {
        name: "for",
        kind: Kind::Duration(1, 43_200_000),
        default: "2m",
        about: "how long it stands still",
    }],
    refuses: &[
        (Place::Decorator, "it acts on the consumer, which a client's calls do not reach"),
        (Place::Serve, "it acts on the consumer: start it with `redeliver chaos -- COMMAND`"),
        (Place::Proxy, "it acts on the consumer: start it with `redeliver chaos -- COMMAND`"),
    ],
};

/// One of several consumers stands still, and goes on when another has its messages.
#[derive(Debug)]
pub(crate) struct StalledReplica;

impl Rule for StalledReplica {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "operations: a consumer that does not delete or extend in time loses its message to another",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "One of several consumers stands still, and goes on when another has its messages; shows two writers that believe to have the same message."
    }

    fn stage(&self) -> Stage {
        Stage::Consumer
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn strike(&self, parameters: &Parameters) -> Option<Strike> {
        Some(Strike::Stall(parameters.duration("for").unwrap_or(Duration::from_mins(2))))
    }
}
