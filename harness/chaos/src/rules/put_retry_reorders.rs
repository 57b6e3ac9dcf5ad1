//! K5: of several records of one key in a put the first is refused, and the others are stored.
//!
//! So their order changes when the first is put again.

use std::collections::BTreeMap;

use redeliver_model::Value;

use super::putting::throttled;
use crate::edit::text;
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "put-retry-reorders",
    id: "K5",
    services: &["kinesis"],
    operations: &["PutRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Of several records of one key in a put the first is refused, and the others are stored.
#[derive(Debug)]
pub(crate) struct PutRetryReorders;

impl Rule for PutRetryReorders {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: the records of one put are taken one by one, and the order of those that are put again is lost",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Of several records of one key in a put the first is refused, and the others are stored; shows state that depends on the order in which a key was put."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        !firsts(&call.entries()).is_empty()
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let places = firsts(&turn.call.entries());
        throttled(turn, &places);
        Act::Go
    }
}

/// The places of records of keys that come again behind them.
fn firsts(records: &[&Value]) -> Vec<usize> {
    let mut places = BTreeMap::<&str, Vec<usize>>::new();
    for (place, record) in records.iter().enumerate() {
        places.entry(text(record, "PartitionKey").unwrap_or_default()).or_default().push(place);
    }
    let mut firsts: Vec<_> = places.into_values().filter(|places| places.len() > 1).map(|places| places[0]).collect();
    firsts.sort_unstable();
    firsts
}
