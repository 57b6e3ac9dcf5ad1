//! N6: some entries of a batch fail, and their messages are never published.

use super::entries::{Blame, left_out};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "publish-batch-partial",
    id: "N6",
    services: &["sns"],
    operations: &["PublishBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Some entries of a batch fail, and their messages are never published.
#[derive(Debug)]
pub(crate) struct PublishBatchPartial;

impl Rule for PublishBatchPartial {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: a batch that is answered with 200 can have failed in part",
            source: "https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Some entries of a batch fail, and their messages are never published; shows messages that are lost since nobody reads the answer."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn unit(&self) -> Unit {
        Unit::Entry
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        left_out(turn, Blame::Service);
        Act::Go
    }
}
