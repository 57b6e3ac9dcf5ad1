//! K8: a read comes back without records though the shard has more.
//!
//! Its iterator stands where the read began.

use redeliver_model::Value;

use super::fit::reads;
use super::reading::{cut, go_on};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "empty-read",
    id: "K8",
    services: &["kinesis"],
    operations: &["GetRecords"],
    phases: &[Phase::InReply],
    parameters: &[],
    refuses: &[],
};

/// A read comes back without records though the shard has more.
#[derive(Debug)]
pub(crate) struct EmptyRead;

impl Rule for EmptyRead {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: it may take several reads to get at records",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A read comes back without records though the shard has more; shows readers that take an empty read for the end."
    }

    fn stage(&self) -> Stage {
        Stage::After
    }

    fn fits(&self, call: &Call, reply: Option<&Reply>, _memory: &Memory) -> bool {
        reads(call, reply, 1)
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        cut(turn, 0)
    }

    fn told(&self, turn: &mut Turn<'_>, said: Option<&Value>) -> Act {
        go_on(turn, 0, said)
    }
}
