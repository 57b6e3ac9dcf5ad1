//! S31: a receive from a FIFO queue is carried out, its answer is lost, and its groups are locked.

use super::fit::{brings, fifo};
use crate::plan::{Known, Phase};
use crate::{Act, Break, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "lost-fifo-receive",
    id: "S31",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: &[],
};

/// A receive from a FIFO queue is carried out, its answer is lost, and its groups are locked.
#[derive(Debug)]
pub(crate) struct LostFifoReceive;

impl Rule for LostFifoReceive {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO queue: a receive whose answer was lost keeps its messages in flight; only the same attempt id brings them again",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A receive from a FIFO queue is carried out, its answer is lost, and its groups are locked; shows groups that wait for a whole visibility timeout."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call) && brings(reply)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Break(Break::Reset)
    }
}
