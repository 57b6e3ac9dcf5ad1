//! Which producer puts which record when.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use redeliver_spec::step::Put;
use serde_json::{Value, json};

/// How many records a batch has at most.
const BATCH: usize = 10;

/// One record as its producer puts it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    /// Its partition key.
    pub(super) key: String,
    /// Its data, in base64: key and number, filled up with spaces.
    pub(super) data: String,
    /// Bytes that count towards the limits of a shard: data and key.
    pub(super) bytes: u64,
}

impl Record {
    fn new(key: u32, number: u32, size: u32) -> Self {
        let size = usize::try_from(size).unwrap_or_default();
        let key = format!("key-{key}");
        let data = format!("{:size$}", format!("{key}/{number}"));
        let bytes = u64::try_from(data.len() + key.len()).unwrap_or(u64::MAX);
        Self { data: STANDARD.encode(data), key, bytes }
    }

    /// Its parameters, as of `PutRecord` or of an entry of a batch.
    pub(super) fn parameters(&self) -> Value {
        json!({ "PartitionKey": self.key, "Data": self.data })
    }
}

/// Deals the records out, call by call for each producer. Keys take turns, and all records of a key have one producer, so that there is an
/// order to keep. A batch has a key once: `PutRecords` promises no order of its records.
pub(super) fn plan(put: &Put) -> Vec<Vec<Vec<Record>>> {
    let producers = put.producers.max(1);
    let mut dealt: Vec<Vec<Record>> = vec![Vec::new(); producers as usize];
    for index in 0..put.messages {
        let (key, number) = (index % put.keys, index / put.keys);
        dealt[(key % producers) as usize].push(Record::new(key, number, put.size));
    }
    let most = if put.batch { BATCH } else { 1 };
    dealt.into_iter().map(|records| calls(records, most)).collect()
}

fn calls(records: Vec<Record>, most: usize) -> Vec<Vec<Record>> {
    let mut calls: Vec<Vec<Record>> = Vec::new();
    for record in records {
        let fits = |call: &&mut Vec<Record>| call.len() < most && call.iter().all(|other| other.key != record.key);
        match calls.last_mut().filter(fits) {
            Some(call) => call.push(record),
            None => calls.push(vec![record]),
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(put: Put) -> Vec<Vec<Vec<String>>> {
        let shown = |call: Vec<Record>| call.into_iter().map(|record| record.key).collect();
        plan(&put).into_iter().map(|calls| calls.into_iter().map(shown).collect()).collect()
    }

    const PUT: Put = Put { producers: 2, messages: 6, keys: 3, batch: false, size: 0 };

    #[test]
    fn key_has_one_producer_and_keeps_its_order() {
        assert_eq!(
            keys(PUT),
            [vec![vec!["key-0"], vec!["key-2"], vec!["key-0"], vec!["key-2"]], vec![vec!["key-1"], vec!["key-1"]]]
        );
        let records = plan(&Put { producers: 1, keys: 1, messages: 2, ..PUT });
        assert_eq!(records[0].concat()[1].data, STANDARD.encode("key-0/1"));
    }

    #[test]
    fn batch_has_each_key_once_and_ten_records_at_most() {
        let sizes = |keys, messages| -> Vec<usize> {
            let put = Put { producers: 1, messages, keys, batch: true, size: 0 };
            plan(&put)[0].iter().map(Vec::len).collect()
        };
        assert_eq!(sizes(3, 7), [3, 3, 1]);
        assert_eq!(sizes(20, 23), [10, 10, 3]);
    }

    #[test]
    fn record_has_the_size_that_was_asked_for() {
        let put = Put { producers: 1, messages: 1, keys: 1, batch: false, size: 100 };
        let record = plan(&put).concat().concat().remove(0);
        assert_eq!((STANDARD.decode(record.data).unwrap().len(), record.bytes), (100, 105));
    }
}
