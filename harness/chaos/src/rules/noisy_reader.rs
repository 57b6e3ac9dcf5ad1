//! K28: another reader uses up what a shard gives in a second, and the backend refuses the read by itself.
//!
//! The rule makes the other reader's calls, with the same iterator. It has no effect before backends that do not limit reads.

use redeliver_model::Value;

use crate::edit::with;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "noisy-reader",
    id: "K28",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "reads",
        kind: Kind::Number(1, 100),
        default: "5",
        about: "how many reads the other one makes",
    }],
    refuses: &[],
};

/// Another reader uses up what a shard gives in a second, and the backend refuses the read by itself.
#[derive(Debug)]
pub(crate) struct NoisyReader;

impl Rule for NoisyReader {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: the readers of a shard share its five reads a second",
            source: "https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Another reader uses up what a shard gives in a second, and the backend refuses the read by itself; shows readers that end at it, or that fall behind for good."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let mut input = turn.call.input.clone();
        with(&mut input, "Limit", Some(Value::Integer(1)));
        let reads = turn.parameters.number("reads").unwrap_or(5);
        Act::Each((0..reads).map(|_| Act::Ask("GetRecords", input.clone())).collect())
    }
}
