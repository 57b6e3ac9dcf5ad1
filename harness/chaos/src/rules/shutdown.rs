//! X8: the consumer is asked to stop, as by a deployment.

use crate::plan::Parameters;
use crate::plan::{Known, Phase, Place};
use crate::{Legality, Rule, Stage, Strike};

static KNOWN: Known = Known {
    name: "shutdown",
    id: "X8",
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

/// the consumer is asked to stop, as by a deployment.
#[derive(Debug)]
pub(crate) struct Shutdown;

impl Rule for Shutdown {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "operations: deployments stop consumers at any point",
            source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Shows work that is stranded in flight."
    }

    fn stage(&self) -> Stage {
        Stage::Consumer
    }

    fn strike(&self, _parameters: &Parameters) -> Option<Strike> {
        Some(Strike::Shutdown)
    }
}
