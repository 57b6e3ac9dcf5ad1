//! Kinesis: streams and records.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::Service;
use redeliver_spec::Feature;
use serde_json::{Value, json};

use super::service::{Domain, operation};
use crate::exec::Asked;
use crate::fuzz::dice::Dice;
use crate::fuzz::known::Known;
use crate::fuzz::program::Program;
use crate::fuzz::shapes::long;

/// Kinesis.
pub(super) struct Kinesis;

const OPERATIONS: &[(&str, Feature, u32)] = &[
    ("AddTagsToStream", Feature::KinesisTags, 5),
    ("DecreaseStreamRetentionPeriod", Feature::KinesisStreams, 4),
    ("DescribeStream", Feature::KinesisStreams, 5),
    ("DescribeStreamSummary", Feature::KinesisStreams, 5),
    ("DisableEnhancedMonitoring", Feature::KinesisMonitoring, 3),
    ("EnableEnhancedMonitoring", Feature::KinesisMonitoring, 3),
    ("GetRecords", Feature::KinesisStreams, 12),
    ("GetShardIterator", Feature::KinesisStreams, 14),
    ("IncreaseStreamRetentionPeriod", Feature::KinesisStreams, 4),
    ("ListShards", Feature::KinesisStreams, 6),
    ("ListTagsForStream", Feature::KinesisTags, 5),
    ("PutRecord", Feature::KinesisStreams, 14),
    ("PutRecords", Feature::KinesisStreams, 10),
    ("RemoveTagsFromStream", Feature::KinesisTags, 3),
];

/// How long a stream may be in the making.
const MAKING: Duration = Duration::from_mins(1);

impl Domain for Kinesis {
    fn operations(&self) -> &'static [(&'static str, Feature, u32)] {
        OPERATIONS
    }

    fn opening(&self, dice: &mut Dice, _: &mut Known, _: &dyn Fn(Feature) -> bool) -> Program {
        let mut program = Program::new();
        let shards = 1 + dice.below(2);
        let create = Asked {
            operation: operation(Service::Kinesis, "CreateStream"),
            with: json!({ "StreamName": "${unique}", "ShardCount": shards }),
            save: IndexMap::new(),
            until: None,
        };
        let made = Asked {
            operation: operation(Service::Kinesis, "DescribeStreamSummary"),
            with: json!({ "StreamName": "${unique}" }),
            save: IndexMap::new(),
            until: Some((json!({ "StreamDescriptionSummary": { "StreamStatus": "ACTIVE" } }), MAKING)),
        };
        program.push(create, None);
        program.push(made, None);
        program
    }

    fn usual(&self, operation: &str, name: &str, known: &Known) -> Vec<Value> {
        match name {
            "StreamName" => texts(["${unique}"]),
            "ShardId" => texts(["shardId-000000000000"]),
            "ShardIterator" => texts(known.all("iterator")),
            "ShardIteratorType" => texts(["TRIM_HORIZON", "LATEST"]),
            "StartingSequenceNumber" | "SequenceNumberForOrdering" => texts(known.all("number")),
            "PartitionKey" => texts(["a", "b", "é"]),
            "Data" => texts(["YQ==", "YWI="]),
            "ExplicitHashKey" => texts(["0", "340282366920938463463374607431768211455"]),
            "Limit" if operation == "GetRecords" => vec![json!(1), json!(10)],
            "Limit" | "MaxResults" => vec![json!(1), json!(10)],
            "Tags" => vec![json!({ "a": "1" }), json!({ "a": "", "b": "2" })],
            "TagKeys" => vec![json!(["a"]), json!(["c"])],
            "RetentionPeriodHours" => vec![json!(24), json!(48), json!(8760)],
            "ShardLevelMetrics" => vec![json!(["IncomingBytes"]), json!(["ALL"])],
            "ExclusiveStartShardId" => texts(["shardId-000000000000", "shardId-000000000001"]),
            "ExclusiveStartTagKey" => texts(["a"]),
            "ShardFilter" => vec![json!({ "Type": "AT_LATEST" }), json!({ "Type": "AT_TRIM_HORIZON" })],
            _ => Vec::new(),
        }
    }

    fn odd(&self, _: &str, name: &str, known: &Known) -> Vec<Value> {
        match name {
            "StreamName" => texts(["${unique}x", "${unique} x"]),
            "ShardId" => texts(["shardId-000000000009", "0", "shardId-0"]),
            "ShardIterator" => texts(["x", "AAAA"]),
            "ShardIteratorType" => texts(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "AT_TIMESTAMP"]),
            "StartingSequenceNumber" | "SequenceNumberForOrdering" => {
                texts(known.all("number").into_iter().chain(["0".to_owned(), "x".to_owned()]))
            }
            "Data" => vec![json!(""), long("YWFh", 349_526)],
            "ExplicitHashKey" => texts(["-1", "01", "340282366920938463463374607431768211456"]),
            "Limit" | "MaxResults" => vec![json!(10_000), json!(10_001)],
            "Tags" => {
                vec![json!({ "": "x" }), json!({ "aws:a": "x" }), json!({ "a!": "x" }), json!({ "a": long("b", 257) })]
            }
            "TagKeys" => vec![json!([""]), json!(["aws:a"]), json!(["a", "a"])],
            "RetentionPeriodHours" => vec![json!(23), json!(25), json!(8761)],
            "ShardLevelMetrics" => vec![json!(["x"])],
            "Type" => texts(["AFTER_SHARD_ID", "AT_TIMESTAMP", "FROM_TRIM_HORIZON"]),
            "NextToken" => texts(["x"]),
            _ => Vec::new(),
        }
    }

    fn avoided(&self) -> &'static [&'static str] {
        &["StreamARN", "StreamId", "NextToken", "Timestamp", "StreamCreationTimestamp", "DryRun"]
    }

    fn needed(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn fit(&self, operation: &str, with: &mut Value, dice: &mut Dice, known: &Known) {
        let takes_name = !["GetRecords"].contains(&operation);
        if takes_name && with.get("StreamName").is_none() {
            with["StreamName"] = json!("${unique}");
        }
        if operation == "GetShardIterator"
            && let Some(map) = with.as_object_mut()
        {
            map.shift_remove("StartingSequenceNumber");
            let numbers = known.all("number");
            if let Some(number) = dice.pick(&numbers).filter(|_| dice_even(numbers.len())) {
                map.insert("ShardIteratorType".to_owned(), json!("AT_SEQUENCE_NUMBER"));
                map.insert("StartingSequenceNumber".to_owned(), json!(number));
            }
        }
    }

    fn gives(&self, operation: &str) -> &'static [(&'static str, &'static str)] {
        match operation {
            "GetShardIterator" => &[("iterator", "/ShardIterator")],
            "GetRecords" => &[("iterator", "/NextShardIterator")],
            "PutRecord" => &[("number", "/SequenceNumber")],
            _ => &[],
        }
    }

    fn closing(&self, _: &Known) -> Vec<(&'static str, Value)> {
        vec![
            ("DescribeStreamSummary", json!({ "StreamName": "${unique}" })),
            ("ListTagsForStream", json!({ "StreamName": "${unique}" })),
        ]
    }
}

fn texts<T: ToString>(texts: impl IntoIterator<Item = T>) -> Vec<Value> {
    texts.into_iter().map(|text| Value::from(text.to_string())).collect()
}

/// Every other number of records leads to an iterator at one of them.
fn dice_even(count: usize) -> bool {
    count.is_multiple_of(2)
}
