//! Topics in histories for tests: calls of SNS, what comes out of queues, and what the backend tells.

use serde_json::{Value, json};

use super::Story;
use crate::What;

const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:topic";
const FIFO_TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:topic.fifo";
/// Address of the webhook that is subscribed to the topic.
pub(crate) const WEBHOOK: &str = "http://shop/hook";

/// ARN of the subscription of a queue or an address.
fn arn(topic: &str, who: &str) -> String {
    format!("{topic}:of-{}", who.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"))
}

/// Message `x` has the id `sns-x` and the body `x`. A subscription is named by its queue or its address.
impl Story {
    fn topic(&self) -> &'static str {
        if self.queue == super::FIFO_QUEUE { FIFO_TOPIC } else { TOPIC }
    }

    /// Subscribes a queue of this name, which is confirmed at once.
    pub(crate) fn subscribe(&mut self, queue: &str, attributes: &Value) -> &mut Self {
        let endpoint = format!("arn:aws:sqs:us-east-1:000000000000:{queue}");
        let input =
            json!({ "TopicArn": self.topic(), "Protocol": "sqs", "Endpoint": endpoint, "Attributes": attributes });
        let output = json!({ "SubscriptionArn": arn(self.topic(), queue) });
        self.call(0, "sns:Subscribe", input, output)
    }

    /// Sets an attribute of a subscription.
    pub(crate) fn set(&mut self, who: &str, name: &str, value: &str) -> &mut Self {
        let arn = arn(self.topic(), who);
        let input = json!({ "SubscriptionArn": arn, "AttributeName": name, "AttributeValue": value });
        self.call(0, "sns:SetSubscriptionAttributes", input, json!({}))
    }

    /// Publishes a message whose attribute `kind` has this value.
    pub(crate) fn publish(&mut self, body: &str, kind: &str) -> &mut Self {
        let attributes = json!({ "kind": { "DataType": "String", "StringValue": kind } });
        let input = json!({ "TopicArn": self.topic(), "Message": body, "MessageAttributes": attributes });
        self.call(0, "sns:Publish", input, json!({ "MessageId": format!("sns-{body}") }))
    }

    /// Publishes a message in the group `g`, which gets this number.
    pub(crate) fn publish_numbered(&mut self, body: &str, sequence: u64) -> &mut Self {
        let input = json!({ "TopicArn": self.topic(), "Message": body, "MessageGroupId": "g" });
        let output = json!({ "MessageId": format!("sns-{body}"), "SequenceNumber": format!("{sequence:020}") });
        self.call(0, "sns:Publish", input, output)
    }

    /// Receives messages of the topic from a queue of this name, in envelopes.
    pub(crate) fn notices(&mut self, process: u32, queue: &str, bodies: &[&str]) -> &mut Self {
        let unsubscribe = format!("https://sns/?Action=Unsubscribe&SubscriptionArn={}", arn(self.topic(), queue));
        let envelope = |body: &&str| {
            let id = format!("sns-{body}");
            let envelope = json!({
                "Type": "Notification",
                "MessageId": id,
                "TopicArn": self.topic(),
                "Message": body,
                "UnsubscribeURL": unsubscribe,
            });
            envelope.to_string()
        };
        let envelopes: Vec<_> = bodies.iter().map(envelope).collect();
        self.out_of(process, queue, bodies, &envelopes)
    }

    /// The same without envelopes.
    pub(crate) fn raw_notices(&mut self, process: u32, queue: &str, bodies: &[&str]) -> &mut Self {
        let raw: Vec<_> = bodies.iter().map(|body| (*body).to_owned()).collect();
        self.out_of(process, queue, bodies, &raw)
    }

    fn out_of(&mut self, process: u32, queue: &str, names: &[&str], bodies: &[String]) -> &mut Self {
        let at = self.records.len();
        let message = |(name, body): (&&str, &String)| json!({ "MessageId": format!("{queue}-{name}"), "ReceiptHandle": format!("handle-{name}-{at}"), "Body": body });
        let messages: Vec<_> = names.iter().zip(bodies).map(message).collect();
        let input = json!({ "QueueUrl": format!("https://sqs/{queue}") });
        self.call(process, "sqs:ReceiveMessage", input, json!({ "Messages": messages }))
    }

    /// The backend tells of its topic.
    pub(crate) fn told(&mut self, name: &str, detail: Value) -> &mut Self {
        let (service, resource) = ("sns".to_owned(), self.topic().to_owned());
        self.note(0, What::Event { service, resource, name: name.to_owned(), detail })
    }

    /// It tells of a subscription.
    pub(crate) fn told_of(&mut self, name: &str, who: &str, mut detail: Value) -> &mut Self {
        detail["subscription"] = arn(self.topic(), who).into();
        self.told(name, detail)
    }

    /// It tells of a message on its way to a subscription.
    pub(crate) fn told_to(&mut self, name: &str, body: &str, who: &str, mut detail: Value) -> &mut Self {
        detail["message"] = format!("sns-{body}").into();
        self.told_of(name, who, detail)
    }

    /// It tells that somebody subscribed and agreed.
    pub(crate) fn told_subscribed(&mut self, protocol: &str, who: &str, attributes: &Value) -> &mut Self {
        let arn = format!("arn:aws:sqs:us-east-1:000000000000:{who}");
        let endpoint = if protocol == "sqs" { &arn } else { who };
        let detail = json!({ "protocol": protocol, "endpoint": endpoint, "attributes": attributes });
        self.told_of("subscribed", who, detail).told_of("confirmed", who, json!({}))
    }

    /// It tells that it put a message into a queue.
    pub(crate) fn told_enqueued(&mut self, body: &str, queue: &str) -> &mut Self {
        self.told_to("delivered", body, queue, json!({ "became": format!("{queue}-{body}"), "attempt": 1 }))
    }

    /// It tells that an attempt at the webhook began.
    pub(crate) fn attempt(&mut self, body: &str, number: u64) -> &mut Self {
        let detail = json!({ "endpoint": WEBHOOK, "delivery": delivery(body), "attempt": number });
        self.told_to("attempted", body, WEBHOOK, detail)
    }

    /// It tells that the webhook took the message.
    pub(crate) fn hooked(&mut self, body: &str, number: u64) -> &mut Self {
        let detail = json!({ "endpoint": WEBHOOK, "delivery": delivery(body), "attempt": number });
        self.told_to("delivered", body, WEBHOOK, detail)
    }

    /// It tells that the webhook answered so, and in how many milliseconds it tries again.
    pub(crate) fn failed(&mut self, body: &str, number: u64, status: u16, again: Option<u64>) -> &mut Self {
        let again = again.map(|after| self.now_ms + 1 + after);
        let detail = json!({ "delivery": delivery(body), "attempt": number, "status": status, "again-at-ms": again });
        self.told_to("delivery-failed", body, WEBHOOK, detail)
    }

    /// It tells that the message went to the dead-letter queue of this name.
    pub(crate) fn told_dead(&mut self, body: &str, queue: &str) -> &mut Self {
        let to = format!("arn:aws:sqs:us-east-1:000000000000:{queue}");
        self.told_to("dead-lettered", body, WEBHOOK, json!({ "to": to, "became": format!("dead-{body}"), "why": "no" }))
    }
}

/// Each message is delivered to the webhook once.
fn delivery(body: &str) -> u64 {
    body.bytes().fold(7, |sum, byte| sum * 31 + u64::from(byte))
}
