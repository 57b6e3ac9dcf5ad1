//! A run in which every message goes to many queues, most of which it does not suit.

use redeliver_check::{Record, What};
use serde_json::{Value, json};

const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:orders";
const SUBSCRIPTIONS: usize = 8;
/// Kinds of messages: each subscription wants one of them.
const KINDS: usize = 4;

/// A calm run of so many records: each message is published, told of for each subscription, and received in its envelope by those that want it.
pub(super) fn history(records: usize) -> Vec<Record> {
    let mut all = Vec::with_capacity(records + 4 * SUBSCRIPTIONS);
    for number in 0..SUBSCRIPTIONS {
        let policy = json!({ "kind": [format!("kind-{}", number % KINDS)] }).to_string();
        let (endpoint, attributes) = (arn("sqs", &queue(number)), json!({ "FilterPolicy": policy }));
        let detail = json!({ "subscription": subscription(number), "protocol": "sqs", "endpoint": endpoint, "attributes": attributes });
        tell(&mut all, 0, "subscribed", detail);
        tell(&mut all, 0, "confirmed", json!({ "subscription": subscription(number) }));
    }
    let mut message = 0;
    while all.len() < records {
        publish(&mut all, message);
        message += 1;
    }
    all
}

fn publish(all: &mut Vec<Record>, number: usize) {
    let (at_ms, kind) = (number as u64 * 3, number % KINDS);
    let (id, body) = (format!("message-{number:08}"), format!("order-{number:08}"));
    let attributes = json!({ "kind": { "DataType": "String", "StringValue": format!("kind-{kind}") } });
    let input = json!({ "TopicArn": TOPIC, "Message": body, "MessageAttributes": attributes });
    let call = || "sns:Publish".to_owned();
    all.push(Record { at_ms, process: 0, what: What::Invoke { call: call(), input } });
    tell(all, at_ms, "published", json!({ "message": id }));
    for to in 0..SUBSCRIPTIONS {
        if to % KINDS == kind {
            let detail = json!({ "message": id, "subscription": subscription(to), "became": format!("{id}-{to}") });
            tell(all, at_ms, "delivered", detail);
        } else {
            tell(all, at_ms, "filtered", json!({ "message": id, "subscription": subscription(to) }));
        }
    }
    all.push(Record { at_ms, process: 0, what: What::Ok { call: call(), output: json!({ "MessageId": id }) } });
    for to in (kind..SUBSCRIPTIONS).step_by(KINDS) {
        receive(all, at_ms + 1, to, &id, &body);
    }
}

fn receive(all: &mut Vec<Record>, at_ms: u64, from: usize, id: &str, body: &str) {
    let unsubscribe = format!("https://sns/?Action=Unsubscribe&SubscriptionArn={}", subscription(from));
    let envelope = json!({ "Type": "Notification", "MessageId": id, "TopicArn": TOPIC, "Message": body, "UnsubscribeURL": unsubscribe });
    let message = json!({ "MessageId": format!("{id}-{from}"), "ReceiptHandle": format!("{id}-{from}"), "Body": envelope.to_string() });
    let input = json!({ "QueueUrl": format!("http://127.0.0.1:4100/000000000000/{}", queue(from)) });
    let (call, process) = (|| "sqs:ReceiveMessage".to_owned(), u32::try_from(from).unwrap_or(0) + 1);
    all.push(Record { at_ms, process, what: What::Invoke { call: call(), input } });
    all.push(Record { at_ms, process, what: What::Ok { call: call(), output: json!({ "Messages": [message] }) } });
}

fn tell(all: &mut Vec<Record>, at_ms: u64, name: &str, detail: Value) {
    let (service, resource) = ("sns".to_owned(), TOPIC.to_owned());
    all.push(Record { at_ms, process: 0, what: What::Event { service, resource, name: name.to_owned(), detail } });
}

fn queue(number: usize) -> String {
    format!("queue-{number}")
}

fn subscription(number: usize) -> String {
    format!("{TOPIC}:subscription-{number}")
}

fn arn(service: &str, name: &str) -> String {
    format!("arn:aws:{service}:us-east-1:000000000000:{name}")
}
