//! K19: a record that cannot be read stands before another one of its key.
//!
//! The rule puts a record of its own: cut JSON. Whoever uses it must expect this record to be put aside.

use bytes::Bytes;
use redeliver_model::Value;

use crate::edit::text;
use crate::plan::{Known, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "poison-record",
    id: "K19",
    services: &["kinesis"],
    operations: &["PutRecord", "PutRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A record that cannot be read stands before another one of its key.
#[derive(Debug)]
pub(crate) struct PoisonRecord;

impl Rule for PoisonRecord {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a producer may put anything, and a record stays where it is until it is trimmed",
            source: "https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-errors.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A record that cannot be read stands before another one of its key; shows shards that one record holds up for ever."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let first = turn.call.entries().first().and_then(|record| text(record, "PartitionKey")).map(str::to_owned);
        let key = ("PartitionKey", Value::String(first.unwrap_or_default()));
        let data = ("Data", Value::Blob(Bytes::from_static(POISON)));
        Act::Ask("PutRecord", turn.call.about_the_stream([key, data]))
    }
}

/// JSON that breaks off.
const POISON: &[u8] = b"{\"poison\":";
