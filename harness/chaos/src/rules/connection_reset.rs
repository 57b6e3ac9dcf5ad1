//! X2: the connection breaks before the service has the call.

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Break, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "connection-reset",
    id: "X2",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "how",
        kind: Kind::Word(&["refused", "reset", "silent"]),
        default: "reset",
        about: "what the caller sees",
    }],
    refuses: &[],
};

/// the connection breaks before the service has the call.
#[derive(Debug)]
pub(crate) struct ConnectionReset;

impl Rule for ConnectionReset {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: connections break",
            source: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Shows poll loops that end or hang at a broken connection."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Break(match turn.parameters.text("how") {
            Some("refused") => Break::Refused,
            Some("silent") => Break::Silent,
            _ => Break::Reset,
        })
    }
}
