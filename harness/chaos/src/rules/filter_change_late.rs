//! N7: a changed filter policy is in effect minutes later.
//!
//! The rule answers the change itself, and lets it reach the backend with the first call to SNS that comes when the time is over, before that
//! call. Unlike on AWS, who reads the attributes of the subscription in between is told the old policy.

use std::time::Duration;

use redeliver_model::{Fields, Value};

use crate::edit::text;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Answer, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "filter-change-late",
    id: "N7",
    services: &["sns"],
    operations: &["SetSubscriptionAttributes"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(1_000, 900_000),
        default: "15m",
        about: "how much later, to 15 minutes",
    }],
    refuses: &[],
};

/// A changed filter policy is in effect minutes later.
#[derive(Debug)]
pub(crate) struct FilterChangeLate;

impl Rule for FilterChangeLate {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: a change of a filter policy takes up to 15 minutes",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A changed filter policy is in effect minutes later; shows consumers that expect only, or already, what the new policy lets through."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        text(&call.input, "AttributeName").is_some_and(|name| name.starts_with("FilterPolicy"))
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let due = turn.now + turn.duration("by", Duration::from_mins(15));
        turn.memory.running.owe(due, turn.call.operation.name, turn.call.input.clone());
        Act::Answer(Answer::Output(Value::Structure(Fields::new())))
    }
}
