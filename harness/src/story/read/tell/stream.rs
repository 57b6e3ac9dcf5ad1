//! Calls of streams as moments: one for each record that is put or read, and one for each place that a reader takes.

use serde_json::Value;

use super::call::Teller;
use crate::story::read::call::{Answer, text};
use crate::story::read::key::business_key;
use crate::story::read::shard::shard_name;
use crate::story::read::{Kind, Moment};
use crate::story::words::{foreign, stretch};

/// Appends the moments of a call of a stream.
pub(super) fn tell(teller: &Teller<'_>, moments: &mut Vec<Moment>) {
    match teller.call.verb() {
        "PutRecord" => moments.push(put(teller, teller.call.input, teller.call.answer)),
        "PutRecords" => put_all(teller, moments),
        "GetRecords" => read(teller, teller.call.answer, moments),
        "SubscribeToShard" => subscribe(teller, moments),
        "GetShardIterator" => moments.push(iterator(teller)),
        "SplitShard" | "MergeShards" | "UpdateShardCount" => moments.push(reshard(teller)),
        _ => moments.push(teller.other()),
    }
}

fn put_all(teller: &Teller<'_>, moments: &mut Vec<Moment>) {
    let list = |value: &'_ Value| value.get("Records").and_then(Value::as_array).cloned().unwrap_or_default();
    let results = match teller.call.answer {
        Answer::Done(output) => Some(list(output)),
        _ => None,
    };
    for (index, record) in list(teller.call.input).iter().enumerate() {
        let result = results.as_ref().map(|results| results.get(index));
        let answer = match &result {
            None => teller.call.answer,
            Some(None) => Answer::Unknown("it is not in the reply"),
            Some(Some(result)) => match text(result, "ErrorCode") {
                Some(code) => Answer::Failed(code),
                None => Answer::Done(result),
            },
        };
        moments.push(put(teller, record, answer));
    }
}

fn put(teller: &Teller<'_>, record: &Value, answer: Answer<'_>) -> Moment {
    let key = business_key(record, &teller.reading.rule);
    let of = text(record, "PartitionKey").map(|of| format!(" ({})", foreign(of))).unwrap_or_default();
    let shown = format!("put {}{of}", key.as_deref().map_or_else(String::new, foreign));
    let known = match answer {
        Answer::Done(output) => text(output, "SequenceNumber").and_then(|number| teller.reading.messages.find(number)),
        _ => None,
    };
    let (text, trouble) = match answer {
        Answer::Done(output) => {
            let shard = text(output, "ShardId").map(shard_name).unwrap_or_default();
            (format!("{shown} -> {} in {shard}", teller.name(known)), false)
        }
        Answer::Refused(code) => (format!("{shown} -> {}", foreign(code)), true),
        Answer::Failed(code) => (format!("{shown} -> FAILED: {}", foreign(code)), true),
        Answer::Unknown(_) | Answer::Open => (format!("{shown} -> {}", teller.silence(answer)), true),
    };
    let second = known.is_some_and(|record| teller.reading.messages.get(record).repeated);
    let text = if second { format!("{text}, one more record for this key") } else { text };
    let mut moment = teller.moment(Kind::Send, known, text, trouble);
    (moment.key, moment.futile) = (key, known.is_none());
    moment
}

fn read(teller: &Teller<'_>, answer: Answer<'_>, moments: &mut Vec<Moment>) {
    let shard = teller.reading.iterators.shard(teller.call.input).map_or_else(|| "a shard".to_owned(), shard_name);
    let Answer::Done(output) = answer else {
        let said = match answer {
            Answer::Refused(code) | Answer::Failed(code) => foreign(code),
            _ => teller.silence(answer),
        };
        moments.push(teller.moment(Kind::Receive, None, format!("read {shard} -> {said}"), true));
        return;
    };
    moments.extend(records(teller, output, &shard));
    // The end of a shard is a place of its own.
    if output.get("NextShardIterator").is_none_or(Value::is_null) && teller.call.verb() == "GetRecords" {
        moments.push(at_end(teller, teller.moment(Kind::Place, None, format!("is at the end of {shard}"), false)));
    }
}

fn subscribe(teller: &Teller<'_>, moments: &mut Vec<Moment>) {
    let shard = text(teller.call.input, "ShardId").map_or_else(|| "a shard".to_owned(), shard_name);
    let from = teller.call.input.get("StartingPosition");
    let from = from.map(|from| position(text(from, "Type"), text(from, "SequenceNumber"), teller)).unwrap_or_default();
    let outcome = teller.outcome(teller.call.answer);
    moments.push(teller.acted(Kind::Place, None, format!("subscribes to {shard}{from}"), outcome));
    if let Answer::Done(output) = teller.call.answer {
        for event in output.get("EventStream").and_then(Value::as_array).into_iter().flatten() {
            moments.extend(
                event.get("SubscribeToShardEvent").into_iter().flat_map(|event| records(teller, event, &shard)),
            );
        }
    }
}

/// A moment for each record that came, or one for none.
fn records(teller: &Teller<'_>, output: &Value, shard: &str) -> Vec<Moment> {
    let mut moments = Vec::new();
    for record in output.get("Records").and_then(Value::as_array).into_iter().flatten() {
        let known = text(record, "SequenceNumber").and_then(|number| teller.reading.messages.find(number));
        let text = format!("read {} from {shard}", teller.name(known));
        moments.push(at_end(teller, teller.moment(Kind::Receive, known, text, false)));
    }
    if moments.is_empty() {
        let behind = output.get("MillisBehindLatest").and_then(Value::as_u64).filter(|behind| *behind > 0);
        let behind = behind.map(|behind| format!(", {} behind", stretch(behind))).unwrap_or_default();
        let text = format!("read {shard} -> nothing{behind}");
        moments.push(teller.moment(Kind::Receive, None, text, false));
    }
    moments
}

/// What came, came with the answer.
fn at_end(teller: &Teller<'_>, moment: Moment) -> Moment {
    let record = teller.call.end;
    Moment { at_ms: teller.history[record].at_ms, record, ..moment }
}

fn iterator(teller: &Teller<'_>) -> Moment {
    let shard = text(teller.call.input, "ShardId").map_or_else(|| "a shard".to_owned(), shard_name);
    let (kind, number) =
        (text(teller.call.input, "ShardIteratorType"), text(teller.call.input, "StartingSequenceNumber"));
    let from = position(kind, number, teller);
    let outcome = teller.outcome(teller.call.answer);
    teller.acted(Kind::Place, None, format!("goes to {shard}{from}"), outcome)
}

/// ` after r3`, ` at TRIM_HORIZON`.
fn position(kind: Option<&str>, number: Option<&str>, teller: &Teller<'_>) -> String {
    let record = number.map(|number| match teller.reading.messages.find(number) {
        Some(record) => teller.name(Some(record)).to_owned(),
        None => foreign(number),
    });
    match (kind, record) {
        (Some("AFTER_SEQUENCE_NUMBER"), Some(record)) => format!(" after {record}"),
        (Some("AT_SEQUENCE_NUMBER"), Some(record)) => format!(" at {record}"),
        (Some(kind), _) => format!(" at {}", foreign(kind)),
        (None, _) => String::new(),
    }
}

fn reshard(teller: &Teller<'_>) -> Moment {
    let input = teller.call.input;
    let shard = |name: &str| text(input, name).map_or_else(|| "a shard".to_owned(), shard_name);
    let shown = match teller.call.verb() {
        "SplitShard" => format!("splits {}", shard("ShardToSplit")),
        "MergeShards" => format!("merges {} and {}", shard("ShardToMerge"), shard("AdjacentShardToMerge")),
        _ => {
            let count = input.get("TargetShardCount").and_then(Value::as_u64);
            format!("asks for {} shards", count.unwrap_or_default())
        }
    };
    let outcome = teller.outcome(teller.call.answer);
    teller.acted(Kind::Place, None, shown, outcome)
}
