//! S7: a short poll comes back empty though messages are there.

use redeliver_model::{Fields, Value};

use super::fit::standard;
use crate::plan::{Known, Phase};
use crate::{Act, Answer, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "empty-short-poll",
    id: "S7",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// a short poll comes back empty though messages are there.
#[derive(Debug)]
pub(crate) struct EmptyShortPoll;

impl Rule for EmptyShortPoll {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard queue: a short poll asks a sample of servers",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Shows consumers that take an empty answer for an empty queue."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        // A long poll asks all servers.
        let Value::Structure(input) = &call.input else { return false };
        let wait = match Fields::get(input, "WaitTimeSeconds") {
            Some(Value::Integer(seconds)) => *seconds,
            _ => 0,
        };
        wait == 0 && standard(call)
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(Answer::Output(Value::Structure(Fields::new())))
    }
}
