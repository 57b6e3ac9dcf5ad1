//! N9: a publish's answer is lost and its retry comes after the five minutes of deduplication.
//!
//! The rule publishes the message first, as the attempt whose answer was lost, and lets the call itself arrive late.

use std::time::Duration;

use super::fit::fifo;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "topic-deduplication-window-passed",
    id: "N9",
    services: &["sns"],
    operations: &["Publish"],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(300_001, 3_600_000),
        default: "301s",
        about: "how late the failure is seen",
    }],
    refuses: &[],
};

/// A publish's answer is lost and its retry comes after the five minutes of deduplication.
#[derive(Debug)]
pub(crate) struct TopicDeduplicationWindowPassed;

impl Rule for TopicDeduplicationWindowPassed {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "FIFO topic: a deduplication id is remembered for five minutes",
            source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A publish's answer is lost and its retry comes after the five minutes of deduplication; shows producers that rely on deduplication for longer than it lasts."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        fifo(call)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let by = turn.duration("by", Duration::from_secs(301));
        Act::Each(vec![Act::Ask("Publish", turn.call.input.clone()), Act::Wait(by)])
    }
}
