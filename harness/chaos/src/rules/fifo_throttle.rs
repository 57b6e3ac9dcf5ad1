//! S33: calls to a FIFO queue are throttled.

use super::fit::fifo;
use super::modelled::modelled;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "fifo-throttle",
    id: "S33",
    services: &["sqs"],
    operations: &["SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Calls to a FIFO queue are throttled.
#[derive(Debug)]
pub(crate) struct FifoThrottle;

impl Rule for FifoThrottle {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO queue: a FIFO queue without high throughput takes 300 calls a second for each operation",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Calls to a FIFO queue are throttled; shows retries that overtake each other."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(modelled("RequestThrottled", "The request was denied due to request throttling."))
    }
}
