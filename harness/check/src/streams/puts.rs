//! Puts, read off calls.

use serde_json::Value;

use super::{Number, Put, Streams};
use crate::traffic::{Outcome, Traffic, field, text};

/// Takes in a call that puts one record or several. One that only tries out whether it might is none.
pub(super) fn read<'a>(streams: &mut Streams<'a>, traffic: &Traffic<'a>, call: usize, name: Option<&'a str>) {
    let of = &traffic.calls[call];
    let Some(name) = name.filter(|_| field(of.input, "DryRun") != Some(&Value::Bool(true))) else { return };
    let stream = streams.names.number(name);
    let list = |value: &'a Value| field(value, "Records").and_then(Value::as_array);
    if of.name == "kinesis:PutRecord" {
        add(streams, traffic, (call, stream), of.input, (of.outcome, of.output));
        return;
    }
    let results = of.output.and_then(list);
    for (index, entry) in list(of.input).into_iter().flatten().enumerate() {
        let own = match (results, results.and_then(|results| results.get(index))) {
            (None, _) => (of.outcome, None),
            (Some(_), Some(result)) if field(result, "SequenceNumber").is_some_and(Value::is_string) => {
                (Outcome::Done, Some(result))
            }
            (Some(_), failed) => {
                let code = failed.map_or("", |failed| text(failed, "ErrorCode"));
                streams.throttled |= code == "ProvisionedThroughputExceededException";
                (Outcome::Refused, None)
            }
        };
        add(streams, traffic, (call, stream), entry, own);
    }
}

fn add<'a>(
    streams: &mut Streams<'a>,
    traffic: &Traffic<'a>,
    (call, stream): (usize, usize),
    entry: &'a Value,
    (outcome, output): (Outcome, Option<&'a Value>),
) {
    let of = &traffic.calls[call];
    let payload = streams.payload(traffic, stream, entry);
    let this = streams.puts.len();
    streams.payloads[payload].put.get_or_insert(this);
    let told = output.and_then(|output| Some((text(output, "ShardId"), Number::of(text(output, "SequenceNumber"))?)));
    let record = told.map(|(shard, number)| {
        let shard = streams.shard(stream, shard, of.span.end);
        streams.record(shard, number, payload)
    });
    if let Some(record) = record {
        streams.records[record].put.get_or_insert(this);
    }
    streams.puts.push(Put { span: of.span, process: of.process, payload, record, outcome, call });
}
