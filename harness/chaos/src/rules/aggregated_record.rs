//! K18: records of one key in a put come as one aggregated record.
//!
//! The rule aggregates as the Kinesis Producer Library does, for consumers that know the format. Crashes and lost leases then bring the middle of
//! such a record again.

use std::collections::BTreeMap;

use md5::{Digest, Md5};
use redeliver_model::Value;

use crate::edit::{records, text, with};
use crate::plan::{Known, Phase};
use crate::{Act, Call, Legality, Memory, Reply, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "aggregated-record",
    id: "K18",
    services: &["kinesis"],
    operations: &["PutRecords"],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// Records of one key in a put come as one aggregated record.
#[derive(Debug)]
pub(crate) struct AggregatedRecord;

impl Rule for AggregatedRecord {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all streams: a producer may aggregate, and a reader that stopped within such a record gets all of it again",
            source: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-kpl-consumer-deaggregation.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "Records of one key in a put come as one aggregated record; shows checkpoints that do not say which part of it was handled."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits(&self, call: &Call, _reply: Option<&Reply>, _memory: &Memory) -> bool {
        call.whole.is_none() && !groups(&call.entries()).is_empty()
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        let whole = records(&turn.call.input).to_vec();
        let groups = groups(&turn.call.entries());
        for group in &groups {
            turn.left_out.within.extend(group[1..].iter().map(|place| (*place, group[0])));
        }
        let is_first = |place: usize| groups.iter().find(|group| group[0] == place);
        let mut kept = Vec::new();
        for (place, record) in whole.iter().enumerate() {
            if let Some(group) = is_first(place) {
                let parts: Vec<_> = group.iter().filter_map(|place| data(&whole[*place])).collect();
                let mut one = record.clone();
                let bytes = aggregate(text(record, "PartitionKey").unwrap_or_default(), &parts);
                with(&mut one, "Data", Some(Value::Blob(bytes.into())));
                kept.push(one);
            } else if !turn.left_out.within.contains_key(&place) {
                kept.push(record.clone());
            }
        }
        turn.call.whole = Some(whole);
        with(turn.change_input(), "Records", Some(Value::List(kept)));
        Act::Go
    }
}

/// The places of records of each key that comes more than once.
fn groups(records: &[&Value]) -> Vec<Vec<usize>> {
    let mut places = BTreeMap::<&str, Vec<usize>>::new();
    for (place, record) in records.iter().enumerate() {
        // Records that name their place in the stream by themselves stay alone.
        if text(record, "ExplicitHashKey").is_none() {
            places.entry(text(record, "PartitionKey").unwrap_or_default()).or_default().push(place);
        }
    }
    places.into_values().filter(|places| places.len() > 1).collect()
}

fn data(record: &Value) -> Option<&[u8]> {
    match record {
        Value::Structure(fields) => match fields.get("Data")? {
            Value::Blob(bytes) => Some(bytes),
            _ => None,
        },
        _ => None,
    }
}

/// What aggregated records begin with.
/// <https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md>
const MARK: [u8; 4] = [0xF3, 0x89, 0x9A, 0xC2];

/// Records of one key as one: the mark, a message of Protocol Buffers, and its digest.
fn aggregate(key: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut message = Vec::new();
    put(&mut message, 1, key.as_bytes());
    for part in parts {
        // The first of the keys.
        let mut record = vec![1 << 3, 0];
        put(&mut record, 3, part);
        put(&mut message, 3, &record);
    }
    let digest = Md5::digest(&message);
    [&MARK[..], &message, &digest].concat()
}

/// A field of bytes.
fn put(message: &mut Vec<u8>, number: u8, bytes: &[u8]) {
    message.push((number << 3) | 2);
    let mut length = bytes.len();
    while length >= 0x80 {
        message.push(u8::try_from(length & 0x7F).unwrap_or_default() | 0x80);
        length >>= 7;
    }
    message.push(u8::try_from(length).unwrap_or_default());
    message.extend(bytes);
}
