//! Histories for tests, told call by call: each call takes no time and is answered at once, one millisecond after the last.

use serde_json::{Value, json};

use crate::{HandlerState, Phase, Record, Scene, What};

pub(crate) const QUEUE: &str = "https://sqs/queue";
pub(crate) const DEAD_LETTER: &str = "https://sqs/queue-dlq";

/// A queue with a visibility timeout of one second and a dead-letter queue after two receives.
#[expect(non_snake_case, reason = "a constant that owns text")]
pub(crate) fn SCENE() -> Scene {
    Scene {
        queue: QUEUE.to_owned(),
        dead_letter: Some(DEAD_LETTER.to_owned()),
        visibility_ms: 1_000,
        max_receive_count: Some(2),
        deduplication_per_group: false,
    }
}

/// A history in the making. Message `x` has the id `id-x` and the body `x`.
#[derive(Debug, Default)]
pub(crate) struct Story {
    records: Vec<Record>,
    now_ms: u64,
}

impl Story {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    pub(crate) fn wait(&mut self, ms: u64) -> &mut Self {
        self.now_ms += ms;
        self
    }

    fn call(&mut self, process: u32, call: &str, input: Value, output: Value) -> &mut Self {
        self.now_ms += 1;
        let at_ms = self.now_ms;
        let name = || call.to_owned();
        self.records.push(Record { at_ms, process, what: What::Invoke { call: name(), input } });
        self.records.push(Record { at_ms, process, what: What::Ok { call: name(), output } });
        self
    }

    /// Replaces the last answer.
    pub(crate) fn answer_last(&mut self, what: What) -> &mut Self {
        self.records.last_mut().expect("a call was made").what = what;
        self
    }

    pub(crate) fn send(&mut self, body: &str, group: Option<&str>, deduplication: Option<&str>) -> &mut Self {
        self.send_as(body, group, deduplication, &format!("id-{body}"))
    }

    pub(crate) fn send_as(&mut self, body: &str, group: Option<&str>, dedup: Option<&str>, id: &str) -> &mut Self {
        let mut input = json!({ "QueueUrl": QUEUE, "MessageBody": body });
        for (name, value) in [("MessageGroupId", group), ("MessageDeduplicationId", dedup)] {
            if let Some(value) = value {
                input[name] = value.into();
            }
        }
        self.call(0, "sqs:SendMessage", input, json!({ "MessageId": id }))
    }

    pub(crate) fn receive(&mut self, process: u32, bodies: &[&str]) -> &mut Self {
        self.receive_from(QUEUE, process, bodies)
    }

    pub(crate) fn receive_dead(&mut self, process: u32, bodies: &[&str]) -> &mut Self {
        self.receive_from(DEAD_LETTER, process, bodies)
    }

    fn receive_from(&mut self, queue: &str, process: u32, bodies: &[&str]) -> &mut Self {
        let at = self.records.len();
        let message = |body: &&str| json!({ "MessageId": format!("id-{body}"), "ReceiptHandle": format!("handle-{body}-{at}"), "Body": body });
        let messages: Vec<_> = bodies.iter().map(message).collect();
        let output = if messages.is_empty() { json!({}) } else { json!({ "Messages": messages }) };
        self.call(process, "sqs:ReceiveMessage", json!({ "QueueUrl": queue }), output)
    }

    /// The handle of the last delivery of this body.
    fn handle(&self, body: &str) -> Value {
        let outputs = self.records.iter().rev().filter_map(|record| match &record.what {
            What::Ok { output, .. } => output.get("Messages")?.as_array(),
            _ => None,
        });
        let found = outputs.flatten().find(|message| message["Body"] == body).expect("the body was delivered");
        found["ReceiptHandle"].clone()
    }

    pub(crate) fn delete(&mut self, process: u32, body: &str) -> &mut Self {
        let input = json!({ "QueueUrl": QUEUE, "ReceiptHandle": self.handle(body) });
        self.call(process, "sqs:DeleteMessage", input, json!({}))
    }

    pub(crate) fn change(&mut self, process: u32, body: &str) -> &mut Self {
        let input = json!({ "QueueUrl": QUEUE, "ReceiptHandle": self.handle(body), "VisibilityTimeout": 0 });
        self.call(process, "sqs:ChangeMessageVisibility", input, json!({}))
    }

    fn note(&mut self, process: u32, what: What) -> &mut Self {
        self.now_ms += 1;
        self.records.push(Record { at_ms: self.now_ms, process, what });
        self
    }

    /// An effect for the message with this body.
    pub(crate) fn effect(&mut self, process: u32, key: &str, value: i32) -> &mut Self {
        self.note(process, What::Effect { key: key.to_owned(), value: value.into(), message: None })
    }

    /// A handler of the last delivery of this body.
    pub(crate) fn handler(&mut self, process: u32, state: HandlerState, body: &str, reason: Option<&str>) -> &mut Self {
        let handle = self.handle(body).as_str().map(str::to_owned);
        let (message, reason) = (format!("id-{body}"), reason.map(str::to_owned));
        self.note(process, What::Handler { state, message, handle, key: None, reason })
    }

    /// A fault at the message with this body, or at nothing that is named.
    pub(crate) fn fault(&mut self, process: u32, id: &str, rule: &str, body: Option<&str>) -> &mut Self {
        let (id, rule, key) = (id.to_owned(), rule.to_owned(), body.map(str::to_owned));
        self.note(process, What::Fault { rule, id, phase: Phase::AfterEffect, call: None, key, detail: Value::Null })
    }

    pub(crate) fn crash(&mut self, process: u32) -> &mut Self {
        self.note(process, What::Crash { reason: "told to".to_owned() })
    }

    pub(crate) fn restart(&mut self, process: u32) -> &mut Self {
        self.note(process, What::Restart)
    }

    pub(crate) fn shutdown(&mut self, process: u32) -> &mut Self {
        self.note(process, What::Shutdown)
    }

    pub(crate) fn purge(&mut self) -> &mut Self {
        self.call(0, "sqs:PurgeQueue", json!({ "QueueUrl": QUEUE }), json!({}))
    }
}
