//! X7: every call fails for minutes, then the backlog comes at once.

use std::time::Duration;

use crate::plan::{Kind, Known, Parameter, Phase};
use crate::running::End;
use crate::{Act, Break, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "outage",
    id: "X7",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "for",
        kind: Kind::Duration(1_000, 43_200_000),
        default: "5m",
        about: "how long, from the first call that fails",
    }],
    refuses: &[],
};

/// Every call fails for minutes, then the backlog comes at once.
#[derive(Debug)]
pub(crate) struct Outage;

impl Rule for Outage {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: the service level agreement grants 99.9 percent a month: 43 minutes without",
            source: "https://aws.amazon.com/messaging/sla/",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Every call fails for minutes, then the backlog comes at once; shows loops that end, and herds when the service is back."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let until = turn.now + turn.duration("for", Duration::from_mins(5));
        turn.memory.running.fail(until, &[], None, End::Break(Break::Refused));
        Act::Break(Break::Refused)
    }
}
