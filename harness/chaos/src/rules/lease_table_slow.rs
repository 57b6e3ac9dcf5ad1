//! K23: a call to the table of leases takes longer than a lease lasts.

use std::time::Duration;

use super::fit::ONLY_AT_THE_TABLE;
use crate::plan::{Kind, Known, Parameter, Parameters, Phase};
use crate::{Legality, Rule, Stage, Turned};

static KNOWN: Known = Known {
    name: "lease-table-slow",
    id: "K23",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter { name: "by", kind: Kind::Duration(1, 900_000), default: "15s", about: "how late it is" }],
    refuses: ONLY_AT_THE_TABLE,
};

/// A call to the table of leases takes longer than a lease lasts.
#[derive(Debug)]
pub(crate) struct LeaseTableSlow;

impl Rule for LeaseTableSlow {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "leases: there is no bound on latency, and a lease that is not renewed in time is free",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kcl-dynamoDB.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A call to the table of leases takes longer than a lease lasts; shows workers that believe in a lease without looking at the clock."
    }

    fn stage(&self) -> Stage {
        Stage::Table
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn turn_table(&self, parameters: &Parameters) -> Option<Turned> {
        let late = parameters.duration("by").unwrap_or(Duration::from_secs(15));
        Some(Turned { late, ..Turned::default() })
    }
}
