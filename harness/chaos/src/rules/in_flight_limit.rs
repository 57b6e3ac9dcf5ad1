//! S36: a receive finds too many messages in flight: an error for short polls, nothing for long ones.

use std::time::Duration;

use redeliver_model::{Fields, Value};

use super::fit::standard;
use super::modelled::modelled;
use crate::plan::{Known, Phase};
use crate::{Act, Answer, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "in-flight-limit",
    id: "S36",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A receive finds too many messages in flight: an error for short polls, nothing for long ones.
#[derive(Debug)]
pub(crate) struct InFlightLimit;

impl Rule for InFlightLimit {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: about 120,000 messages can be in flight; short polls get OverLimit, long polls and FIFO queues nothing",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A receive finds too many messages in flight: an error for short polls, nothing for long ones; shows consumers for whom nothing means drained, or who end at an error."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let wait = turn.call.number("WaitTimeSeconds").and_then(|seconds| u64::try_from(seconds).ok()).unwrap_or(0);
        if wait == 0 && standard(turn.call) {
            let message = "Too many messages in flight: a queue has at most 120000.";
            return Act::Answer(modelled("OverLimit", message));
        }
        let nothing = Act::Answer(Answer::Output(Value::Structure(Fields::new())));
        Act::Each(vec![Act::Wait(Duration::from_secs(wait)), nothing])
    }
}
