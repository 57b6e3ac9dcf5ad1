//! SQS: queues and messages.

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

/// SQS.
pub(super) struct Sqs;

const OPERATIONS: &[(&str, Feature, u32)] = &[
    ("AddPermission", Feature::SqsPolicies, 4),
    ("CancelMessageMoveTask", Feature::SqsMoveTasks, 1),
    ("ChangeMessageVisibility", Feature::SqsStandard, 8),
    ("ChangeMessageVisibilityBatch", Feature::SqsStandard, 5),
    ("CreateQueue", Feature::SqsStandard, 8),
    ("DeleteMessage", Feature::SqsStandard, 8),
    ("DeleteMessageBatch", Feature::SqsStandard, 5),
    ("DeleteQueue", Feature::SqsStandard, 1),
    ("GetQueueAttributes", Feature::SqsStandard, 8),
    ("GetQueueUrl", Feature::SqsStandard, 3),
    ("ListDeadLetterSourceQueues", Feature::SqsDeadLetter, 3),
    ("ListMessageMoveTasks", Feature::SqsMoveTasks, 1),
    ("ListQueueTags", Feature::SqsTags, 3),
    ("ListQueues", Feature::SqsStandard, 3),
    ("PurgeQueue", Feature::SqsStandard, 2),
    ("ReceiveMessage", Feature::SqsStandard, 18),
    ("RemovePermission", Feature::SqsPolicies, 3),
    ("SendMessage", Feature::SqsStandard, 22),
    ("SendMessageBatch", Feature::SqsStandard, 8),
    ("SetQueueAttributes", Feature::SqsStandard, 9),
    ("StartMessageMoveTask", Feature::SqsMoveTasks, 1),
    ("TagQueue", Feature::SqsTags, 3),
    ("UntagQueue", Feature::SqsTags, 2),
];

/// Attributes of queues that can be set: usual values, odd ones.
const ATTRIBUTES: &[(&str, &[&str], &[&str])] = &[
    ("DelaySeconds", &["0", "900"], &["901", "1.0", "+5", " 5", "05"]),
    ("MaximumMessageSize", &["1024", "1048576"], &["1023", "1048577", "1024.0", "01024"]),
    ("MessageRetentionPeriod", &["60", "345600", "1209600"], &["59", "1209601", "060"]),
    ("ReceiveMessageWaitTimeSeconds", &["0"], &["21", "00"]),
    ("VisibilityTimeout", &["0", "60", "43200"], &["43201", "030", "1e1"]),
    ("ContentBasedDeduplication", &["true", "false"], &["TRUE", "1"]),
    ("DeduplicationScope", &["queue", "messageGroup"], &["MESSAGEGROUP"]),
    ("FifoThroughputLimit", &["perQueue"], &["perMessageGroupId", "PerQueue"]),
    ("SqsManagedSseEnabled", &["true", "false"], &["TRUE", "0"]),
    ("KmsDataKeyReusePeriodSeconds", &["60", "300"], &["59", "86401"]),
    ("FifoQueue", &[], &["true", "false", "TRUE"]),
    ("QueueArn", &[], &["x"]),
    ("Unknown", &[], &["x"]),
    ("delaySeconds", &[], &["0"]),
];

impl Domain for Sqs {
    fn operations(&self) -> &'static [(&'static str, Feature, u32)] {
        OPERATIONS
    }

    fn opening(&self, dice: &mut Dice, known: &mut Known, has: &dyn Fn(Feature) -> bool) -> Program {
        known.is_fifo = has(Feature::SqsFifo) && dice.chance(40);
        let mut program = Program::new();
        let create = |name: String, attributes: Value, known: &mut Known| Asked {
            operation: operation(Service::Sqs, "CreateQueue"),
            with: if attributes == json!({}) {
                json!({ "QueueName": name })
            } else {
                json!({ "QueueName": name, "Attributes": attributes })
            },
            save: IndexMap::from([(known.add("url"), "/QueueUrl".to_owned())]),
            until: None,
        };
        let ending = if known.is_fifo { ".fifo" } else { "" };
        let mut attributes = json!({});
        if known.is_fifo {
            attributes["FifoQueue"] = json!("true");
            if dice.chance(60) {
                attributes["ContentBasedDeduplication"] = json!("true");
            }
        }
        if dice.chance(30) {
            attributes["VisibilityTimeout"] = json!("0");
        }
        let with_second = dice.chance(30);
        if with_second {
            let plain = if known.is_fifo { json!({ "FifoQueue": "true" }) } else { json!({}) };
            let name = format!("${{unique}}-dead{ending}");
            let second = create(name.clone(), plain, known);
            program.push(second, None);
            if has(Feature::SqsDeadLetter) && dice.chance(70) {
                attributes["RedrivePolicy"] = redrive(&arn(&name), &json!(1));
            }
        }
        let main = create(format!("${{unique}}{ending}"), attributes, known);
        program.push(main, None);
        program
    }

    fn usual(&self, operation: &str, name: &str, known: &Known) -> Vec<Value> {
        let ending = if known.is_fifo { ".fifo" } else { "" };
        match name {
            "QueueUrl" => texts(known.all("url").iter().rev()),
            "QueueName" => texts([format!("${{unique}}{ending}"), format!("${{unique}}-other{ending}")]),
            "ReceiptHandle" => texts(known.all("handle")),
            "MessageBody" => texts(["a", "b", "a b", "é", "<&>\"'", "{\"a\":1}", " ", "\t"]),
            "DelaySeconds" if known.is_fifo => vec![json!(0)],
            "DelaySeconds" => vec![json!(0), json!(900)],
            "VisibilityTimeout" if operation.starts_with("Change") => vec![json!(0), json!(60), json!(43200)],
            "VisibilityTimeout" => vec![json!(0), json!(60)],
            "MaxNumberOfMessages" => vec![json!(1), json!(2), json!(10)],
            "MaxResults" => vec![json!(1), json!(10)],
            "Attributes" if ["CreateQueue", "SetQueueAttributes"].contains(&operation) => settings(known),
            "AttributeNames" if operation == "GetQueueAttributes" => attribute_names(),
            "AttributeNames" | "MessageSystemAttributeNames" => {
                vec![json!(["All"]), json!(["ApproximateReceiveCount"])]
            }
            "MessageAttributeNames" => vec![json!(["All"]), json!(["a"]), json!(["a.*"]), json!([".*"]), json!(["b"])],
            "MessageAttributes" => attributes(),
            "MessageSystemAttributes" => {
                let value = "Root=1-5759e988-bd862e3fe1be46a994272793";
                vec![json!({ "AWSTraceHeader": { "DataType": "String", "StringValue": value } })]
            }
            "MessageGroupId" => texts(["g", "h"]),
            "MessageDeduplicationId" => texts(["d", "e"]),
            "ReceiveRequestAttemptId" => texts(["r"]),
            "Label" => texts(["l", "m"]),
            "AWSAccountIds" => vec![json!(["111111111111"]), json!(["111111111111", "222222222222"])],
            "Actions" => vec![json!(["SendMessage"]), json!(["*"]), json!(["SendMessage", "ReceiveMessage"])],
            "Tags" | "tags" => vec![json!({ "a": "1" }), json!({ "a": "2", "b": "" })],
            "TagKeys" => vec![json!(["a"]), json!(["a", "b"]), json!(["c"])],
            "QueueNamePrefix" => texts(["${unique}", "${unique}-o"]),
            "SourceArn" | "DestinationArn" => texts([arn(&format!("${{unique}}{ending}"))]),
            _ => Vec::new(),
        }
    }

    fn odd(&self, operation: &str, name: &str, known: &Known) -> Vec<Value> {
        let setting = ATTRIBUTES.iter().find(|(attribute, ..)| *attribute == name);
        if let Some((_, usual, odd)) =
            setting.filter(|_| operation.ends_with("Attributes") || operation == "CreateQueue")
        {
            return texts(usual.iter().chain(*odd).chain(&["", "-1", "x"]));
        }
        let ending = if known.is_fifo { ".fifo" } else { "" };
        match name {
            "QueueUrl" => texts(["${url1}x", "x"]),
            "QueueName" => {
                let mut odd = texts([
                    "${unique}.fifo",
                    "${unique}.x",
                    "${unique}é",
                    "${unique} x",
                    "${unique}-none",
                    "${unique}-_",
                ]);
                odd.push(long("a", 81));
                odd
            }
            "ReceiptHandle" => texts(["x", "x y"]),
            "DelaySeconds" => vec![json!(1), json!(901)],
            "VisibilityTimeout" => vec![json!(43201)],
            "WaitTimeSeconds" => vec![json!(21)],
            "MaxNumberOfMessages" => vec![json!(11)],
            "MaxResults" => vec![json!(11), json!(1001)],
            "Attributes" if ["CreateQueue", "SetQueueAttributes"].contains(&operation) => odd_settings(),
            "AttributeNames" | "MessageSystemAttributeNames" => {
                vec![json!(["Unknown"]), json!([""]), json!(["All", "All"]), json!(["*"])]
            }
            "Id" => vec![json!("1"), json!("a.b"), json!("_-"), long("a", 81), json!("é")],
            "Label" => vec![long("a", 81), json!("a.b"), json!("-")],
            "AWSAccountIds" => vec![
                json!(["x"]),
                json!(["1"]),
                json!(["1111111111111"]),
                json!(["*"]),
                json!(["arn:aws:iam::111111111111:root"]),
            ],
            "Actions" => vec![
                json!(["sendmessage"]),
                json!(["Unknown"]),
                json!(["SQS:SendMessage"]),
                json!(["DeleteQueue"]),
                json!(["SendMessageBatch"]),
            ],
            "Tags" | "tags" => vec![
                json!({ "": "x" }),
                json!({ "aws:a": "x" }),
                json!({ "a!": "x" }),
                json!({ "a": long("b", 257) }),
                json!({ "a": "!" }),
                json!({ "é": "é" }),
            ],
            "TagKeys" => vec![json!([""]), json!(["aws:a"]), json!(["a", "a"])],
            "QueueNamePrefix" => texts(["${unique}.", "${unique} "]),
            "NextToken" | "TaskHandle" => texts(["x"]),
            "QueueOwnerAWSAccountId" => texts(["${account}", "111111111111", "x"]),
            "SourceArn" | "DestinationArn" => texts([arn(&format!("${{unique}}-none{ending}")), "x".to_owned()]),
            _ => odd_of_messages(name),
        }
    }

    fn avoided(&self) -> &'static [&'static str] {
        // Long polls take time; a queue list without a prefix shows what others made.
        &["WaitTimeSeconds", "NextToken", "QueueOwnerAWSAccountId", "StringListValues", "BinaryListValues"]
    }

    fn needed(&self) -> &'static [(&'static str, &'static str)] {
        &[("ListQueues", "QueueNamePrefix")]
    }

    fn fit(&self, operation: &str, with: &mut Value, dice: &mut Dice, known: &Known) {
        match operation {
            "SendMessage" => fit_message(with, dice, known),
            "SendMessageBatch" => {
                let entries = with["Entries"].as_array_mut();
                entries.into_iter().flatten().for_each(|entry| fit_message(entry, dice, known));
            }
            "CreateQueue" if known.is_fifo => with["Attributes"]["FifoQueue"] = json!("true"),
            "ListQueues" if with.get("QueueNamePrefix").is_none() => with["QueueNamePrefix"] = json!("${unique}"),
            _ => {}
        }
    }

    fn gives(&self, operation: &str) -> &'static [(&'static str, &'static str)] {
        match operation {
            "ReceiveMessage" => &[("handle", "/Messages/0/ReceiptHandle")],
            "CreateQueue" => &[("url", "/QueueUrl")],
            _ => &[],
        }
    }

    fn closing(&self, known: &Known) -> Vec<(&'static str, Value)> {
        let mut calls = Vec::new();
        for url in known.all("url").iter().take(2) {
            calls.push(("GetQueueAttributes", json!({ "QueueUrl": url, "AttributeNames": ["All"] })));
            let receive = json!({
                "QueueUrl": url,
                "MaxNumberOfMessages": 10,
                "MessageSystemAttributeNames": ["All"],
                "MessageAttributeNames": ["All"],
            });
            calls.push(("ReceiveMessage", receive));
        }
        calls
    }
}

/// Values as texts.
fn texts<T: ToString>(texts: impl IntoIterator<Item = T>) -> Vec<Value> {
    texts.into_iter().map(|text| Value::from(text.to_string())).collect()
}

fn arn(name: &str) -> String {
    format!("arn:aws:sqs:${{region}}:${{account}}:{name}")
}

fn redrive(arn: &str, count: &Value) -> Value {
    json!({ "$json": { "deadLetterTargetArn": arn, "maxReceiveCount": count } })
}

fn fit_message(message: &mut Value, dice: &mut Dice, known: &Known) {
    let Some(message) = message.as_object_mut() else { return };
    if known.is_fifo {
        message.entry("MessageGroupId").or_insert_with(|| json!("g"));
        if dice.chance(60) {
            message.entry("MessageDeduplicationId").or_insert_with(|| json!(if dice.chance(50) { "d" } else { "e" }));
        }
    } else {
        message.remove("MessageDeduplicationId");
    }
}

/// Settings of a queue: one attribute, or a redrive policy.
fn settings(known: &Known) -> Vec<Value> {
    const OF_FIFO: [&str; 3] = ["ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];
    let ending = if known.is_fifo { ".fifo" } else { "" };
    let fits = |name: &str| known.is_fifo || !OF_FIFO.contains(&name);
    let mut all = Vec::new();
    for (name, usual, _) in ATTRIBUTES.iter().filter(|(name, ..)| fits(name)) {
        all.extend(usual.iter().map(|value| json!({ *name: value })));
    }
    all.push(json!({ "RedrivePolicy": redrive(&arn(&format!("${{unique}}-dead{ending}")), &json!(1)) }));
    all.push(json!({ "RedrivePolicy": redrive(&arn(&format!("${{unique}}-dead{ending}")), &json!("3")) }));
    all.push(json!({ "RedrivePolicy": "" }));
    all.push(json!({ "Policy": "" }));
    all.push(json!({ "RedriveAllowPolicy": { "$json": { "redrivePermission": "denyAll" } } }));
    all.push(json!({ "VisibilityTimeout": "60", "DelaySeconds": "0" }));
    all
}

fn odd_settings() -> Vec<Value> {
    let mut all = Vec::new();
    for (name, _, odd) in ATTRIBUTES {
        all.extend(odd.iter().chain(&["", "-1", "x"]).map(|value| json!({ *name: value })));
    }
    let own = arn("${unique}");
    let policies = [
        json!({ "maxReceiveCount": 1 }),
        json!({ "deadLetterTargetArn": arn("${unique}-dead") }),
        json!({ "deadLetterTargetArn": arn("${unique}-dead"), "maxReceiveCount": 0 }),
        json!({ "deadLetterTargetArn": arn("${unique}-dead"), "maxReceiveCount": 1001 }),
        json!({ "deadLetterTargetArn": arn("${unique}-dead"), "maxReceiveCount": "x" }),
        json!({ "deadLetterTargetArn": arn("${unique}-dead"), "maxReceiveCount": 1.5 }),
        json!({ "deadLetterTargetArn": arn("${unique}-none"), "maxReceiveCount": 1 }),
        json!({ "deadLetterTargetArn": "x", "maxReceiveCount": 1 }),
        json!({ "deadLetterTargetArn": own, "maxReceiveCount": 1 }),
        json!({ "deadLetterTargetArn": arn("${unique}-dead"), "maxReceiveCount": 1, "x": 1 }),
        json!({}),
        json!([]),
    ];
    all.extend(policies.map(|policy| json!({ "RedrivePolicy": { "$json": policy } })));
    let allow = [
        json!({ "redrivePermission": "allowAll" }),
        json!({ "redrivePermission": "x" }),
        json!({ "redrivePermission": "byQueue" }),
        json!({ "redrivePermission": "byQueue", "sourceQueueArns": [own] }),
        json!({ "redrivePermission": "byQueue", "sourceQueueArns": [] }),
        json!({ "redrivePermission": "denyAll", "sourceQueueArns": [own] }),
        json!({ "redrivePermission": "byQueue", "sourceQueueArns": vec![own.clone(); 11] }),
        json!({}),
    ];
    all.extend(allow.map(|policy| json!({ "RedriveAllowPolicy": { "$json": policy } })));
    all.extend(["{}", "[]", "x"].map(|policy| json!({ "Policy": policy })));
    all
}

fn attribute_names() -> Vec<Value> {
    let mut names = vec![json!(["All"]), json!(["All"]), json!(["Policy"]), json!(["QueueArn", "DelaySeconds"])];
    names.extend(ATTRIBUTES.iter().take(10).map(|(name, ..)| json!([name])));
    names
}

/// Odd values of what belongs to a message.
fn odd_of_messages(name: &str) -> Vec<Value> {
    match name {
        "MessageBody" => {
            let mut odd = texts(["\u{1}", "\u{fffe}", "\u{7f}", "\r", "\u{1f600}"]);
            odd.extend([long("a", 1_048_577), long("é", 524_289)]);
            odd
        }
        "MessageAttributeNames" => {
            vec![json!(["a*"]), json!(["*.a"]), json!(["b.*"]), json!(["A"]), json!(["AWS.x"])]
        }
        "MessageAttributes" => odd_attributes(),
        "MessageSystemAttributes" => vec![json!({ "Unknown": { "DataType": "String", "StringValue": "x" } })],
        "StringValue" => texts(["\u{1}", "\u{1f600}", "01", "1e400", "x"]),
        "DataType" => texts(["string", "Number", "Binary", "String.", "String.é", "Number.int", "Object", "Stringx"]),
        "MessageGroupId" | "MessageDeduplicationId" | "ReceiveRequestAttemptId" => {
            let mut odd = texts(["\u{1}", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"]);
            odd.push(long("a", 129));
            odd
        }
        _ => Vec::new(),
    }
}

/// Message attributes that are all right.
fn attributes() -> Vec<Value> {
    let of =
        |name: &str, data_type: &str, value: &str| json!({ name: { "DataType": data_type, "StringValue": value } });
    vec![
        of("a", "String", "x"),
        of("a", "Number", "1"),
        of("a", "Number", "-1.5e3"),
        of("a", "Number.int", "1"),
        of("a", "String.x", "x"),
        of("a.b", "String", "x"),
        of("A", "String", "é"),
        json!({ "a": { "DataType": "Binary", "BinaryValue": "YQ==" } }),
        json!({ "a": { "DataType": "String", "StringValue": "x" }, "b": { "DataType": "Number", "StringValue": "2" } }),
    ]
}

fn odd_attributes() -> Vec<Value> {
    let of =
        |name: &str, data_type: &str, value: &str| json!({ name: { "DataType": data_type, "StringValue": value } });
    vec![
        of("", "String", "x"),
        of("a b", "String", "x"),
        of(".a", "String", "x"),
        of("a..b", "String", "x"),
        of("AWS.a", "String", "x"),
        of("aws.a", "String", "x"),
        of("AWSa", "String", "x"),
        of("a", "Number", "x"),
        of("a", "Number", " 1"),
        of("a", "Number", "0x1"),
        of("a", "Number", "NaN"),
        of("a", "Number", "1e127"),
        of("a", "Number", "123456789012345678901234567890123456789"),
        of("a", "Number", ""),
        of("a", "", "x"),
        json!({ "a": { "DataType": "String", "StringValue": "x", "BinaryValue": "YQ==" } }),
        json!({ "a": { "DataType": "String", "BinaryValue": "YQ==" } }),
        json!({ "a": { "DataType": "Binary", "BinaryValue": "" } }),
        json!({ "a": { "DataType": "Binary.x", "BinaryValue": "YQ==" } }),
        json!({ "a": { "DataType": "String" } }),
        json!({ "a": { "DataType": "String", "StringValue": "x", "StringListValues": ["y"] } }),
    ]
}
