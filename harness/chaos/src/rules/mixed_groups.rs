//! S32: one receive brings messages of several groups.

use redeliver_model::Value;

use super::fit::{brings, fifo};
use crate::edit::{messages, with};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "mixed-groups",
    id: "S32",
    services: &["sqs"],
    operations: &["ReceiveMessage"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// One receive brings messages of several groups.
#[derive(Debug)]
pub(crate) struct MixedGroups;

impl Rule for MixedGroups {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO queue: a receive brings as many of one group as it can and may bring several groups",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "One receive brings messages of several groups; shows batches that are failed or retried as a whole."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call) && brings(reply) && call.number("MaxNumberOfMessages").is_some_and(|most| most > 1)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let found =
            turn.reply.as_ref().and_then(|reply| reply.output.as_ref()).map_or(0, |output| messages(output).len());
        let most = turn.call.number("MaxNumberOfMessages").unwrap_or(1);
        let room = most.saturating_sub(i64::try_from(found).unwrap_or(i64::MAX));
        if room < 1 {
            return Act::Go;
        }
        // The groups of the first receive are locked, so this one brings others.
        let mut more = turn.call.input.clone();
        let changes =
            [("MaxNumberOfMessages", Some(Value::Integer(room))), ("WaitTimeSeconds", Some(Value::Integer(0)))];
        for (name, value) in changes.into_iter().chain([("ReceiveRequestAttemptId", None)]) {
            with(&mut more, name, value);
        }
        Act::More(more)
    }
}
