//! What the calls of a case use that is paid for.

use std::collections::BTreeMap;

use redeliver_check::{Record, What};
use redeliver_model::Service;
use serde_json::Value;

use super::price::{Item, PRICES};

const CHUNK_BYTES: u64 = 64 * 1024;
const PUT_UNIT_BYTES: u64 = 25 * 1024;
const HOUR_MS: u64 = 3_600_000;

/// What is used of everything that is paid for, and how often each service is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usage {
    items: BTreeMap<Item, u64>,
    calls: BTreeMap<&'static str, u64>,
    messages: u64,
}

impl Usage {
    /// What the history of one case uses. Each begun hour of a shard counts whole, which may be more than AWS bills.
    pub fn of(history: &[Record]) -> Self {
        let mut usage = Self::default();
        let mut streams = Streams::default();
        // What is refused creates nothing.
        let mut sent = BTreeMap::new();
        let hours = history.last().map_or(0, |last| last.at_ms).div_ceil(HOUR_MS).max(1);
        for record in history {
            match &record.what {
                What::Invoke { call, input } => {
                    usage.count(call, input);
                    sent.insert((record.process, call.as_str()), input);
                }
                What::Ok { call, .. } => {
                    if let Some(input) = sent.remove(&(record.process, call.as_str())) {
                        streams.see(call, input);
                    }
                }
                _ => {}
            }
        }
        usage.add(Item::ShardHour, streams.shards * hours);
        usage.add(Item::OnDemandHour, streams.on_demand * hours);
        usage.add(Item::ConsumerShardHour, streams.consumers * (streams.shards + 4 * streams.on_demand) * hours);
        usage.add(Item::RetentionHour, streams.retained * hours);
        if streams.on_demand > 0 {
            usage.add(Item::OnDemandMebibyte, streams.bytes.div_ceil(1024 * 1024));
        }
        usage
    }

    /// Both together.
    pub fn join(&mut self, other: &Self) {
        for (item, count) in &other.items {
            self.add(*item, *count);
        }
        for (service, count) in &other.calls {
            *self.calls.entry(service).or_default() += count;
        }
        self.messages += other.messages;
    }

    /// How much of this is used.
    pub fn used(&self, item: Item) -> u64 {
        self.items.get(&item).copied().unwrap_or_default()
    }

    /// How often a service is called.
    pub fn calls(&self, service: Service) -> u64 {
        self.calls.get(service.prefix()).copied().unwrap_or_default()
    }

    /// Messages and records that are sent.
    pub fn messages(&self) -> u64 {
        self.messages
    }

    /// What it costs, in billionths of a dollar.
    pub fn nanos(&self) -> u64 {
        PRICES.iter().map(|price| self.used(price.item) * price.nanos).sum()
    }

    fn add(&mut self, item: Item, count: u64) {
        if count > 0 {
            *self.items.entry(item).or_default() += count;
        }
    }

    fn count(&mut self, call: &str, input: &Value) {
        let Some((prefix, operation)) = call.split_once(':') else { return };
        let entries = ["Entries", "PublishBatchRequestEntries", "Records"];
        let many = entries.iter().find_map(|name| Some(input.get(name)?.as_array()?.len()));
        let sends = matches!(
            operation,
            "SendMessage" | "SendMessageBatch" | "Publish" | "PublishBatch" | "PutRecord" | "PutRecords"
        );
        if sends {
            self.messages += many.map_or(1, |many| many as u64);
        }
        let chunks = (input.to_string().len() as u64).div_ceil(CHUNK_BYTES).max(1);
        // A raw request is counted as one of SQS, the dearest that it can be by itself but for a hundredth of a cent.
        let service = Service::from_prefix(prefix).unwrap_or(Service::Sqs);
        *self.calls.entry(service.prefix()).or_default() += 1;
        match service {
            Service::Sqs => {
                let fifo = ["QueueUrl", "QueueName"].iter().any(|name| is_fifo(text(input, name)));
                self.add(if fifo { Item::SqsFifoRequest } else { Item::SqsRequest }, chunks);
                if sends && !fifo && input.to_string().contains("MessageGroupId") {
                    self.add(Item::SqsFairMessage, many.map_or(1, |many| many as u64));
                }
            }
            Service::Sns => self.add(Item::SnsRequest, chunks),
            Service::Kinesis if sends => {
                let records = input.get("Records").and_then(Value::as_array);
                let units = match records {
                    Some(records) => records.iter().map(units).sum(),
                    None => units(input),
                };
                self.add(Item::PutUnit, units);
            }
            Service::Kinesis => {}
        }
    }
}

/// What the streams of a case come to.
#[derive(Debug, Default)]
struct Streams {
    shards: u64,
    on_demand: u64,
    consumers: u64,
    retained: u64,
    bytes: u64,
}

impl Streams {
    fn see(&mut self, call: &str, input: &Value) {
        let number = |name: &str, default: u64| input.get(name).and_then(Value::as_u64).unwrap_or(default);
        match call {
            "kinesis:CreateStream" if input["StreamModeDetails"]["StreamMode"] == "ON_DEMAND" => self.on_demand += 1,
            // More shards than an account may have are refused.
            "kinesis:CreateStream" => self.shards += number("ShardCount", 1).min(500),
            "kinesis:SplitShard" => self.shards += 2,
            "kinesis:MergeShards" => self.shards += 1,
            "kinesis:UpdateShardCount" => self.shards += 2 * number("TargetShardCount", 1).min(500),
            "kinesis:UpdateStreamMode" => self.on_demand += 1,
            "kinesis:RegisterStreamConsumer" => self.consumers += 1,
            "kinesis:IncreaseStreamRetentionPeriod" => self.retained += self.shards.max(1),
            "kinesis:PutRecord" | "kinesis:PutRecords" => self.bytes += input.to_string().len() as u64,
            _ => {}
        }
    }
}

/// Whether a queue of this name or URL is a FIFO queue.
fn is_fifo(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, suffix)| suffix == "fifo")
}

/// PUT units of a record, whose data is in base64.
fn units(record: &Value) -> u64 {
    let bytes = text(record, "Data").len() as u64 * 3 / 4 + text(record, "PartitionKey").len() as u64;
    bytes.div_ceil(PUT_UNIT_BYTES).max(1)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn usage(calls: &[(&str, Value)], last_ms: u64) -> Usage {
        let record = |at_ms, what| Record { at_ms, process: 0, what };
        let records = calls.iter().flat_map(|(call, input)| {
            let call = (*call).to_owned();
            let invoke = What::Invoke { call: call.clone(), input: input.clone() };
            [record(0, invoke), record(last_ms, What::Ok { call, output: json!({}) })]
        });
        Usage::of(&records.collect::<Vec<_>>())
    }

    #[test]
    fn requests_are_counted_by_kind_and_size() {
        let url = "https://sqs.us-east-1.amazonaws.com/1/q";
        let used = usage(
            &[
                ("sqs:CreateQueue", json!({ "QueueName": "q" })),
                ("sqs:SendMessage", json!({ "QueueUrl": url, "MessageBody": "x".repeat(100_000) })),
                ("sqs:SendMessage", json!({ "QueueUrl": url, "MessageBody": "x", "MessageGroupId": "g" })),
                ("sqs:ReceiveMessage", json!({ "QueueUrl": format!("{url}.fifo") })),
                ("sns:PublishBatch", json!({ "PublishBatchRequestEntries": [{}, {}] })),
            ],
            0,
        );
        let counted = [Item::SqsRequest, Item::SqsFifoRequest, Item::SqsFairMessage, Item::SnsRequest];
        assert_eq!(counted.map(|item| used.used(item)), [4, 1, 1, 1]);
        assert_eq!((used.calls(Service::Sqs), used.calls(Service::Sns), used.messages()), (4, 1, 4));
        assert_eq!(used.nanos(), 4 * 400 + 500 + 100 + 500);
    }

    #[test]
    fn each_begun_hour_of_a_shard_is_paid_for() {
        let mut used = usage(
            &[
                ("kinesis:CreateStream", json!({ "StreamName": "s", "ShardCount": 2 })),
                ("kinesis:RegisterStreamConsumer", json!({})),
                ("kinesis:PutRecord", json!({ "Data": "A".repeat(40_000), "PartitionKey": "k" })),
            ],
            HOUR_MS + 1,
        );
        let counted = [Item::ShardHour, Item::ConsumerShardHour, Item::PutUnit, Item::OnDemandHour];
        assert_eq!(counted.map(|item| used.used(item)), [4, 4, 2, 0]);
        let again = used.clone();
        used.join(&again);
        assert_eq!(used.used(Item::ShardHour), 8);
        assert_eq!(used.nanos(), 2 * again.nanos());
    }
}
