//! S9: the approximate counts of a queue are as they were before.

use super::fit::succeeded;
use crate::edit::change;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "stale-counts",
    id: "S9",
    services: &["sqs"],
    operations: &["GetQueueAttributes"],
    phases: &[Phase::InReply],
    parameters: &[Parameter {
        name: "add",
        kind: Kind::Number(0, 100_000),
        default: "0",
        about: "by how much each count is too high; 0 says none",
    }],
    refuses: &[],
};

/// The approximate counts of a queue are as they were before.
#[derive(Debug)]
pub(crate) struct StaleCounts;

impl Rule for StaleCounts {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all queues: counts become consistent at least a minute after the last change",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The approximate counts of a queue are as they were before; shows scaling and draining that trust the counts."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, _call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        succeeded(reply)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let add = turn.parameters.number("add").unwrap_or(0);
        let Some(output) = turn.change_output() else { return Act::Go };
        for name in COUNTS {
            change(output, "Attributes", name, |count| match count.parse::<u64>() {
                Ok(count) if add > 0 => count.saturating_add(add).to_string(),
                Ok(_) => "0".to_owned(),
                Err(_) => count.to_owned(),
            });
        }
        Act::Go
    }
}

const COUNTS: [&str; 3] =
    ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"];
