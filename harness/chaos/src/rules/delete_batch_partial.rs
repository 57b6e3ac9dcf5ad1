//! S20: some entries of a batch delete fail by a fault of the service, and their messages stay.

use super::entries::{Blame, left_out};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "delete-batch-partial",
    id: "S20",
    services: &["sqs"],
    operations: &["DeleteMessageBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Some entries of a batch delete fail by a fault of the service, and their messages stay.
#[derive(Debug)]
pub(crate) struct DeleteBatchPartial;

impl Rule for DeleteBatchPartial {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a batch that is answered with 200 can have failed in part",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Some entries of a batch delete fail by a fault of the service, and their messages stay; shows batch deletes whose answers nobody reads."
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
