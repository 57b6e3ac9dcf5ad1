//! S25: some entries of a batch send fail, and their messages are never queued.

use super::entries::{Blame, left_out};
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn, Unit};

static KNOWN: Known = Known {
    name: "send-batch-partial",
    id: "S25",
    services: &["sqs"],
    operations: &["SendMessageBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Some entries of a batch send fail, and their messages are never queued.
#[derive(Debug)]
pub(crate) struct SendBatchPartial;

impl Rule for SendBatchPartial {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: a batch that is answered with 200 can have failed in part",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Some entries of a batch send fail, and their messages are never queued; shows messages that are lost since nobody reads the answer."
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
