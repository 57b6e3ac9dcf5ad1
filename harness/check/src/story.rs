//! Histories for tests, told call by call: each call takes no time and is answered at once, one millisecond after the last.

mod streams;
mod topics;

use serde_json::{Value, json};
pub(crate) use topics::WEBHOOK;

use crate::{HandlerState, Phase, Record, Scene, What};

pub(crate) const QUEUE: &str = "https://sqs/queue";
pub(crate) const DEAD_LETTER: &str = "https://sqs/queue-dlq";
pub(crate) const FIFO_QUEUE: &str = "https://sqs/queue.fifo";
pub(crate) const FIFO_DEAD_LETTER: &str = "https://sqs/queue-dlq.fifo";

/// A queue with a visibility timeout of one second and a dead-letter queue after two receives.
#[expect(non_snake_case, reason = "a constant that owns text")]
pub(crate) fn SCENE() -> Scene {
    Scene {
        queue: QUEUE.to_owned(),
        dead_letter: Some(DEAD_LETTER.to_owned()),
        visibility_ms: 1_000,
        max_receive_count: Some(2),
        deduplication_per_group: false,
        topics: Vec::new(),
    }
}

/// The same of a FIFO queue.
#[expect(non_snake_case, reason = "a constant that owns text")]
pub(crate) fn FIFO_SCENE() -> Scene {
    Scene { queue: FIFO_QUEUE.to_owned(), dead_letter: Some(FIFO_DEAD_LETTER.to_owned()), ..SCENE() }
}

/// A history in the making. Message `x` has the id `id-x` and the body `x`.
#[derive(Debug)]
pub(crate) struct Story {
    queue: &'static str,
    dead_letter: &'static str,
    records: Vec<Record>,
    now_ms: u64,
    streams: streams::Streams,
}

impl Story {
    pub(crate) fn new() -> Self {
        Self {
            queue: QUEUE,
            dead_letter: DEAD_LETTER,
            records: Vec::new(),
            now_ms: 0,
            streams: streams::Streams::default(),
        }
    }

    pub(crate) fn fifo() -> Self {
        Self { queue: FIFO_QUEUE, dead_letter: FIFO_DEAD_LETTER, ..Self::new() }
    }

    pub(crate) fn records(&self) -> &[Record] {
        &self.records
    }

    pub(crate) fn wait(&mut self, ms: u64) -> &mut Self {
        self.now_ms += ms;
        self
    }

    pub(crate) fn call(&mut self, process: u32, call: &str, input: Value, output: Value) -> &mut Self {
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

    /// Sets a field of the last answer.
    pub(crate) fn with(&mut self, name: &str, value: Value) -> &mut Self {
        if let Some(What::Ok { output, .. }) = self.records.last_mut().map(|record| &mut record.what) {
            output[name] = value;
        }
        self
    }

    /// Sets a parameter of the last call.
    pub(crate) fn asking(&mut self, name: &str, value: Value) -> &mut Self {
        let invoked = self.records.iter_mut().rev().find_map(|record| match &mut record.what {
            What::Invoke { input, .. } => Some(input),
            _ => None,
        });
        invoked.expect("a call was made")[name] = value;
        self
    }

    /// Sets a system attribute of all messages of the last answer.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        if let Some(What::Ok { output, .. }) = self.records.last_mut().map(|record| &mut record.what) {
            for message in output["Messages"].as_array_mut().into_iter().flatten() {
                message["Attributes"][name] = value.into();
            }
        }
        self
    }

    /// The last call had no answer that arrived.
    pub(crate) fn lost(&mut self) -> &mut Self {
        let call = self.records.last().and_then(|record| record.what.call()).expect("a call was made").to_owned();
        self.answer_last(What::Info { call, reason: "reset".to_owned() })
    }

    /// The last call was refused with this code.
    pub(crate) fn refused_with(&mut self, code: &str) -> &mut Self {
        let call = self.records.last().and_then(|record| record.what.call()).expect("a call was made").to_owned();
        let (code, message) = (code.to_owned(), "no".to_owned());
        self.answer_last(What::Fail { call, code, message })
    }

    /// The last call was refused.
    pub(crate) fn refused(&mut self) -> &mut Self {
        self.refused_with("AccessDenied")
    }

    /// The last call was made by this process.
    pub(crate) fn by(&mut self, process: u32) -> &mut Self {
        for record in self.records.iter_mut().rev().take(2) {
            record.process = process;
        }
        self
    }

    /// The call before the last is answered only after the last has begun.
    pub(crate) fn overlapping(&mut self) -> &mut Self {
        let end = self.records.len();
        self.records.swap(end - 3, end - 2);
        self.records[end - 2].at_ms = self.records[end - 3].at_ms;
        self
    }

    /// The last call is answered only now.
    pub(crate) fn answered_late(&mut self, ms: u64) -> &mut Self {
        self.now_ms += ms;
        self.records.last_mut().expect("a call was made").at_ms = self.now_ms;
        self
    }

    pub(crate) fn send(&mut self, body: &str, group: Option<&str>, deduplication: Option<&str>) -> &mut Self {
        self.send_as(body, group, deduplication, &format!("id-{body}"))
    }

    pub(crate) fn send_as(&mut self, body: &str, group: Option<&str>, dedup: Option<&str>, id: &str) -> &mut Self {
        let mut input = json!({ "QueueUrl": self.queue, "MessageBody": body });
        for (name, value) in [("MessageGroupId", group), ("MessageDeduplicationId", dedup)] {
            if let Some(value) = value {
                input[name] = value.into();
            }
        }
        self.call(0, "sqs:SendMessage", input, json!({ "MessageId": id }))
    }

    pub(crate) fn receive(&mut self, process: u32, bodies: &[&str]) -> &mut Self {
        self.receive_from(self.queue, process, bodies)
    }

    pub(crate) fn receive_dead(&mut self, process: u32, bodies: &[&str]) -> &mut Self {
        self.receive_from(self.dead_letter, process, bodies)
    }

    fn receive_from(&mut self, queue: &str, process: u32, bodies: &[&str]) -> &mut Self {
        let at = self.records.len();
        let message = |body: &&str| json!({ "MessageId": format!("id-{body}"), "ReceiptHandle": format!("handle-{body}-{at}"), "Body": body });
        let messages: Vec<_> = bodies.iter().map(message).collect();
        let output = if messages.is_empty() { json!({}) } else { json!({ "Messages": messages }) };
        self.call(process, "sqs:ReceiveMessage", json!({ "QueueUrl": queue }), output)
    }

    /// A long poll that finds nothing.
    pub(crate) fn poll(&mut self, process: u32) -> &mut Self {
        self.receive(process, &[]).asking("WaitTimeSeconds", 20.into())
    }

    /// The handle of the first delivery of this body.
    pub(crate) fn first_handle(&self, body: &str) -> Value {
        let mut other = Self::new();
        let end = self.records.iter().position(|record| match &record.what {
            What::Ok { output, .. } => {
                output["Messages"].as_array().is_some_and(|all| all.iter().any(|one| one["Body"] == body))
            }
            _ => false,
        });
        other.records = self.records[..=end.expect("the body was delivered")].to_vec();
        other.handle(body)
    }

    /// The handle of the last delivery of this body.
    pub(crate) fn handle(&self, body: &str) -> Value {
        let outputs = self.records.iter().rev().filter_map(|record| match &record.what {
            What::Ok { output, .. } => output.get("Messages")?.as_array(),
            _ => None,
        });
        let handles = outputs.flatten().map(|message| &message["ReceiptHandle"]);
        let begin = format!("handle-{body}-");
        let mut own = handles.filter(|handle| handle.as_str().is_some_and(|handle| handle.starts_with(&begin)));
        own.next().expect("the body was delivered").clone()
    }

    pub(crate) fn delete(&mut self, process: u32, body: &str) -> &mut Self {
        let input = json!({ "QueueUrl": self.queue, "ReceiptHandle": self.handle(body) });
        self.call(process, "sqs:DeleteMessage", input, json!({}))
    }

    /// Releases the message.
    pub(crate) fn change(&mut self, process: u32, body: &str) -> &mut Self {
        self.extend(process, body, 0)
    }

    /// Hides the message for so many seconds from now on.
    pub(crate) fn extend(&mut self, process: u32, body: &str, seconds: u64) -> &mut Self {
        let input = json!({ "QueueUrl": self.queue, "ReceiptHandle": self.handle(body), "VisibilityTimeout": seconds });
        self.call(process, "sqs:ChangeMessageVisibility", input, json!({}))
    }

    /// Turns the clock back, so that the next call begins at the same time as the last.
    pub(crate) fn back(&mut self, ms: u64) -> &mut Self {
        self.now_ms -= ms;
        self
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

    /// Receives a message, has its effect and deletes it.
    pub(crate) fn consume(&mut self, process: u32, body: &str) -> &mut Self {
        self.receive(process, &[body]).effect(process, body, 1).delete(process, body)
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
        self.call(0, "sqs:PurgeQueue", json!({ "QueueUrl": self.queue }), json!({}))
    }
}
