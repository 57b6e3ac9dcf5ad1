//! SNS: topics and subscriptions.

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

/// SNS.
pub(super) struct Sns;

const OPERATIONS: &[(&str, Feature, u32)] = &[
    ("AddPermission", Feature::SnsPolicies, 4),
    ("ConfirmSubscription", Feature::SnsStandard, 2),
    ("CreateTopic", Feature::SnsStandard, 8),
    ("DeleteTopic", Feature::SnsStandard, 1),
    ("GetSubscriptionAttributes", Feature::SnsSqs, 5),
    ("GetTopicAttributes", Feature::SnsStandard, 5),
    ("ListSubscriptionsByTopic", Feature::SnsSqs, 5),
    ("ListTagsForResource", Feature::SnsTags, 4),
    ("Publish", Feature::SnsStandard, 16),
    ("PublishBatch", Feature::SnsStandard, 8),
    ("RemovePermission", Feature::SnsPolicies, 3),
    ("SetSubscriptionAttributes", Feature::SnsSqs, 9),
    ("SetTopicAttributes", Feature::SnsStandard, 9),
    ("Subscribe", Feature::SnsSqs, 10),
    ("TagResource", Feature::SnsTags, 4),
    ("Unsubscribe", Feature::SnsSqs, 3),
    ("UntagResource", Feature::SnsTags, 3),
];

/// Attributes of topics: usual values, odd ones.
const TOPIC: &[(&str, &[&str], &[&str])] = &[
    ("DisplayName", &["a", "a b", ""], &["é", "<", "\u{1}"]),
    ("TracingConfig", &["PassThrough", "Active"], &["passthrough", ""]),
    ("SignatureVersion", &["1", "2"], &["3", "", "x"]),
    ("KmsMasterKeyId", &["alias/aws/sns", ""], &["x"]),
    ("DeliveryPolicy", &["{}", ""], &["x", "[]"]),
    ("Policy", &[], &["x", "{}", ""]),
    ("SQSSuccessFeedbackSampleRate", &["0", "100"], &["101", "-1", "x"]),
    ("ContentBasedDeduplication", &[], &["true", "x"]),
    ("FifoTopic", &[], &["true", "false"]),
    ("TopicArn", &[], &["x"]),
    ("Unknown", &[], &["x"]),
];

/// Attributes of subscriptions: usual values, odd ones.
const SUBSCRIPTION: &[(&str, &[&str], &[&str])] = &[
    ("RawMessageDelivery", &["true", "false"], &["TRUE", "x", ""]),
    ("FilterPolicyScope", &["MessageAttributes", "MessageBody"], &["x", ""]),
    (
        "FilterPolicy",
        &["{\"a\":[\"b\"]}", "{}", ""],
        &["x", "[]", "{\"a\":\"b\"}", "{\"a\":[]}", "{\"a\":[{\"x\":1}]}"],
    ),
    ("RedrivePolicy", &["{}", ""], &["x", "{\"deadLetterTargetArn\":\"x\"}"]),
    ("DeliveryPolicy", &[], &["{}", "x"]),
    ("Endpoint", &[], &["x"]),
    ("Unknown", &[], &["x"]),
];

impl Domain for Sns {
    fn operations(&self) -> &'static [(&'static str, Feature, u32)] {
        OPERATIONS
    }

    fn opening(&self, dice: &mut Dice, known: &mut Known, has: &dyn Fn(Feature) -> bool) -> Program {
        known.is_fifo = has(Feature::SnsFifo) && dice.chance(30);
        let with = if known.is_fifo {
            json!({ "Name": "${unique}.fifo", "Attributes": { "FifoTopic": "true" } })
        } else {
            json!({ "Name": "${unique}" })
        };
        let save = IndexMap::from([(known.add("topic"), "/TopicArn".to_owned())]);
        let mut program = Program::new();
        program.push(Asked { operation: operation(Service::Sns, "CreateTopic"), with, save, until: None }, None);
        program
    }

    fn usual(&self, operation: &str, name: &str, known: &Known) -> Vec<Value> {
        let ending = if known.is_fifo { ".fifo" } else { "" };
        match name {
            "TopicArn" | "ResourceArn" => texts(known.all("topic")),
            "Name" => texts([format!("${{unique}}{ending}"), format!("${{unique}}-other{ending}")]),
            "SubscriptionArn" => texts(known.all("subscription")),
            "Protocol" => texts(["sqs"]),
            "Endpoint" => texts([queue(ending), queue(&format!("-other{ending}"))]),
            "ReturnSubscriptionArn" => vec![json!(true)],
            "AttributeName" | "AttributeValue" => texts(["DisplayName"]),
            "Attributes" if operation == "CreateTopic" => maps(TOPIC),
            "Attributes" => maps(SUBSCRIPTION),
            "Message" => texts(["a", "b", "é", "{\"a\":\"b\"}"]),
            "MessageStructure" => texts(["json"]),
            "Subject" => texts(["a", "a b"]),
            "MessageAttributes" => vec![
                json!({ "a": { "DataType": "String", "StringValue": "b" } }),
                json!({ "a": { "DataType": "Number", "StringValue": "1" } }),
                json!({ "a": { "DataType": "Binary", "BinaryValue": "YQ==" } }),
                json!({ "a": { "DataType": "String.Array", "StringValue": "[\"b\"]" } }),
            ],
            "MessageGroupId" => texts(["g", "h"]),
            "MessageDeduplicationId" => texts(["d", "e"]),
            "Label" => texts(["l", "m"]),
            "AWSAccountId" => vec![json!(["111111111111"])],
            "ActionName" => vec![json!(["Publish"]), json!(["Subscribe", "Publish"])],
            "Tags" => vec![
                json!([{ "Key": "a", "Value": "1" }]),
                json!([{ "Key": "a", "Value": "" }, { "Key": "b", "Value": "2" }]),
            ],
            "TagKeys" => vec![json!(["a"]), json!(["c"])],
            _ => Vec::new(),
        }
    }

    fn odd(&self, operation: &str, name: &str, _: &Known) -> Vec<Value> {
        let table = if operation == "Subscribe" { SUBSCRIPTION } else { TOPIC };
        if let Some((_, usual, odd)) = table.iter().find(|(attribute, ..)| *attribute == name) {
            return texts(usual.iter().chain(*odd));
        }
        match name {
            "TopicArn" | "ResourceArn" => texts(["${topic1}x", "x", "arn:aws:sns:${region}:${account}:${unique}-none"]),
            "Name" => {
                let mut odd = texts(["${unique}.fifo", "${unique}.x", "${unique}é", "${unique} x", "${unique}-_"]);
                odd.push(long("a", 257));
                odd
            }
            "SubscriptionArn" => texts(["x", "${topic1}", "${topic1}:00000000-0000-0000-0000-000000000000"]),
            "Protocol" => texts(["SQS", "x", "lambda", "application", "firehose", "sms"]),
            "Endpoint" => texts(["x", "http://127.0.0.1:1/", "arn:aws:sqs:${region}:${account}:"]),
            "Attributes" => texts_of(table),
            "Message" => {
                let mut odd = texts(["\u{1}", "{\"default\":\"a\"}", "{}", "[]"]);
                odd.push(long("a", 262_145));
                odd
            }
            "MessageStructure" => texts(["x", "JSON"]),
            "Subject" => {
                let mut odd = texts(["a\nb", "\u{1}", " a"]);
                odd.extend([long("a", 100), long("a", 101)]);
                odd
            }
            "MessageAttributes" => vec![
                json!({ "a": { "DataType": "String", "StringValue": "" } }),
                json!({ "a": { "DataType": "x", "StringValue": "b" } }),
                json!({ "a": { "DataType": "Number", "StringValue": "b" } }),
                json!({ "a": { "DataType": "String" } }),
                json!({ "": { "DataType": "String", "StringValue": "b" } }),
                json!({ "a b": { "DataType": "String", "StringValue": "b" } }),
                json!({ "AWS.a": { "DataType": "String", "StringValue": "b" } }),
                json!({ "a": { "DataType": "String.Array", "StringValue": "b" } }),
            ],
            "MessageGroupId" | "MessageDeduplicationId" => vec![json!("é"), long("a", 129)],
            "Id" => vec![json!("1"), json!("a.b"), long("a", 81)],
            "Label" => vec![json!("a.b"), long("a", 81)],
            "AWSAccountId" => vec![json!(["x"]), json!(["*"])],
            "ActionName" => vec![json!(["publish"]), json!(["Unknown"]), json!(["*"])],
            "Tags" => vec![
                json!([{ "Key": "a", "Value": "1" }, { "Key": "a", "Value": "2" }]),
                json!([{ "Key": "aws:a", "Value": "1" }]),
                json!([{ "Key": "a!", "Value": "!" }]),
            ],
            "Token" | "NextToken" => texts(["x"]),
            _ => Vec::new(),
        }
    }

    fn avoided(&self) -> &'static [&'static str] {
        // Phones and devices have targets of their own, and a data protection policy is a matter of its own.
        &["PhoneNumber", "TargetArn", "DataProtectionPolicy", "AuthenticateOnUnsubscribe", "NextToken"]
    }

    fn needed(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn fit(&self, operation: &str, with: &mut Value, dice: &mut Dice, known: &Known) {
        match operation {
            "Publish" => {
                with["TopicArn"] = json!("${topic1}");
                fit_message(with, known);
            }
            "PublishBatch" => {
                let entries = with["PublishBatchRequestEntries"].as_array_mut();
                entries.into_iter().flatten().for_each(|entry| fit_message(entry, known));
            }
            "Subscribe" => with["Endpoint"] = with.get("Endpoint").cloned().unwrap_or_else(|| json!(queue(""))),
            "CreateTopic" if known.is_fifo => with["Attributes"]["FifoTopic"] = json!("true"),
            "SetTopicAttributes" => set(with, TOPIC, dice),
            "SetSubscriptionAttributes" => set(with, SUBSCRIPTION, dice),
            _ => {}
        }
    }

    fn gives(&self, operation: &str) -> &'static [(&'static str, &'static str)] {
        match operation {
            "Subscribe" => &[("subscription", "/SubscriptionArn")],
            "CreateTopic" => &[("topic", "/TopicArn")],
            _ => &[],
        }
    }

    fn closing(&self, known: &Known) -> Vec<(&'static str, Value)> {
        let mut calls = vec![
            ("GetTopicAttributes", json!({ "TopicArn": "${topic1}" })),
            ("ListSubscriptionsByTopic", json!({ "TopicArn": "${topic1}" })),
        ];
        for arn in known.all("subscription").iter().take(2) {
            calls.push(("GetSubscriptionAttributes", json!({ "SubscriptionArn": arn })));
        }
        calls
    }
}

fn texts<T: ToString>(texts: impl IntoIterator<Item = T>) -> Vec<Value> {
    texts.into_iter().map(|text| Value::from(text.to_string())).collect()
}

fn queue(ending: &str) -> String {
    format!("arn:aws:sqs:${{region}}:${{account}}:${{unique}}{ending}")
}

/// One attribute each with a usual value.
fn maps(table: &[(&str, &[&str], &[&str])]) -> Vec<Value> {
    table.iter().flat_map(|(name, usual, _)| usual.iter().map(|value| json!({ *name: value }))).collect()
}

/// One attribute each with an odd value.
fn texts_of(table: &[(&str, &[&str], &[&str])]) -> Vec<Value> {
    table.iter().flat_map(|(name, _, odd)| odd.iter().map(|value| json!({ *name: value }))).collect()
}

/// An attribute with a value: an odd one a third of the time.
fn set(with: &mut Value, table: &[(&str, &[&str], &[&str])], dice: &mut Dice) {
    let Some((name, usual, odd)) = dice.pick(table) else { return };
    let from = if usual.is_empty() || dice.chance(33) { odd } else { usual };
    with["AttributeName"] = json!(name);
    with["AttributeValue"] = json!(dice.pick(from).copied().unwrap_or_default());
}

fn fit_message(message: &mut Value, known: &Known) {
    let Some(message) = message.as_object_mut() else { return };
    message.remove("MessageStructure");
    if known.is_fifo {
        message.entry("MessageGroupId").or_insert_with(|| json!("g"));
        message.entry("MessageDeduplicationId").or_insert_with(|| json!("d"));
    } else {
        message.remove("MessageDeduplicationId");
    }
}
