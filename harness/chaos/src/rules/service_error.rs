//! X1: the service fails or throttles.

use super::errors::{INTERNAL_FAILURE, UNAVAILABLE, throttled};
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "service-error",
    id: "X1",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "error",
        kind: Kind::Word(&["internal", "unavailable", "throttled"]),
        default: "internal",
        about: "which error",
    }],
    refuses: &[],
};

/// the service fails or throttles.
#[derive(Debug)]
pub(crate) struct ServiceError;

impl Rule for ServiceError {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: a call may fail or be throttled",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Shows retries without a bound, and loops that end at an error."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Answer(match turn.parameters.text("error") {
            Some("unavailable") => UNAVAILABLE,
            Some("throttled") => throttled(turn.call),
            _ => INTERNAL_FAILURE,
        })
    }
}
