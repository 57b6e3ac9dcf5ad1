//! Messages under short names.

use std::collections::{BTreeMap, BTreeSet};

use redeliver_check::{KeyRule, Record, What};
use serde_json::Value;

use super::call::{Answer, Call, Entry, text};
use super::key::business_key;

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// The id that SQS gave it; of a record of a stream its sequence number.
    pub(crate) id: String,
    /// `m1`, or `r1` of a record of a stream, in the order in which the history first speaks of them.
    pub(crate) name: String,
    /// Its business key, where the history tells.
    pub(crate) key: Option<String>,
    /// Its message group or partition key, where it has one and the history tells.
    pub(crate) group: Option<String>,
    /// Name of the queue that it was sent to, where the backend tells.
    pub(crate) queue: Option<String>,
    /// Millisecond at which the history first speaks of it.
    pub(crate) since_ms: u64,
    /// Millisecond at which it was deleted, moved or expired for good, where the backend tells.
    pub(crate) gone_ms: Option<u64>,
    /// Whether an earlier message has the same business key.
    pub(crate) repeated: bool,
}

/// All messages of a history.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    list: Vec<Message>,
    by_id: BTreeMap<String, usize>,
    by_handle: BTreeMap<String, usize>,
}

impl Messages {
    /// Reads them off a history and its calls.
    pub(super) fn of(history: &[Record], calls: &[Call<'_>], rule: &KeyRule) -> Self {
        let mut messages = Self::default();
        for record in history {
            messages.name(record);
        }
        for call in calls {
            messages.add_keys(call, rule);
        }
        messages.guess_keys(history, calls, rule);
        let mut seen = BTreeSet::new();
        for message in &mut messages.list {
            message.repeated = message.key.as_ref().is_some_and(|key| !seen.insert(key.clone()));
        }
        messages
    }

    pub(crate) fn get(&self, index: usize) -> &Message {
        &self.list[index]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Message)> {
        self.list.iter().enumerate()
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn of_handle(&self, handle: &str) -> Option<usize> {
        self.by_handle.get(handle).copied()
    }

    /// Gives names to the messages of a record.
    fn name(&mut self, record: &Record) {
        match &record.what {
            What::Event { name, resource, detail, .. } => {
                for id in ["message", "became"].iter().filter_map(|name| text(detail, name)) {
                    self.add(id, record.at_ms);
                }
                let gone = ["deleted", "expired", "dead-lettered", "moved"].contains(&name.as_str());
                let Some(message) = text(detail, "message").and_then(|id| self.find(id)) else { return };
                let message = &mut self.list[message];
                if gone {
                    message.gone_ms = Some(record.at_ms);
                }
                if name == "sent" {
                    message.group = text(detail, "group").map(str::to_owned);
                    message.queue = Some(queue_name(resource).to_owned());
                }
            }
            What::Ok { output, .. } => {
                for list in ["Successful", "Messages", "Records"] {
                    for entry in output.get(list).and_then(Value::as_array).into_iter().flatten() {
                        self.add_known(entry, record.at_ms);
                    }
                }
                self.add_known(output, record.at_ms);
                for event in output.get("EventStream").and_then(Value::as_array).into_iter().flatten() {
                    self.add_pushed(event, record.at_ms);
                }
            }
            What::Handler { message, .. } => {
                self.add(message, record.at_ms);
            }
            What::Part { output, .. } => self.add_pushed(output, record.at_ms),
            _ => {}
        }
    }

    /// The records of an event of a subscription.
    fn add_pushed(&mut self, event: &Value, at_ms: u64) {
        for record in pushed(event) {
            self.add_known(record, at_ms);
        }
    }

    fn add_known(&mut self, entry: &Value, at_ms: u64) {
        let Some(id) = text(entry, "MessageId").or_else(|| text(entry, "SequenceNumber")) else { return };
        let index = self.add(id, at_ms);
        if let Some(handle) = text(entry, "ReceiptHandle") {
            self.by_handle.insert(handle.to_owned(), index);
        }
    }

    fn add(&mut self, id: &str, since_ms: u64) -> usize {
        if let Some(index) = self.find(id) {
            return index;
        }
        let index = self.list.len();
        self.list.push(Message {
            id: id.to_owned(),
            name: format!("{}{}", if is_number(id) { 'r' } else { 'm' }, index + 1),
            key: None,
            group: None,
            queue: None,
            since_ms,
            gone_ms: None,
            repeated: false,
        });
        self.by_id.insert(id.to_owned(), index);
        index
    }

    /// Keys of what was sent and acknowledged, and of what was delivered.
    fn add_keys(&mut self, call: &Call<'_>, rule: &KeyRule) {
        match call.verb() {
            "SendMessage" => {
                for Entry { input, answer } in call.entries() {
                    if let Answer::Done(output) = answer {
                        self.set_key(output, business_key(input, rule));
                        self.set_group(output, text(input, "MessageGroupId"));
                    }
                }
            }
            "ReceiveMessage" => {
                let Answer::Done(output) = call.answer else { return };
                for message in output.get("Messages").and_then(Value::as_array).into_iter().flatten() {
                    self.set_key(message, business_key(message, rule));
                }
            }
            "PutRecord" => {
                if let Answer::Done(output) = call.answer {
                    self.add_record(output, call.input, rule);
                }
            }
            "PutRecords" => {
                let Answer::Done(output) = call.answer else { return };
                for (result, record) in list(output, "Records").zip(list(call.input, "Records")) {
                    self.add_record(result, record, rule);
                }
            }
            "GetRecords" => {
                let Answer::Done(output) = call.answer else { return };
                for record in list(output, "Records") {
                    self.add_record(record, record, rule);
                }
            }
            "SubscribeToShard" => {
                let Answer::Done(output) = call.answer else { return };
                for record in list(output, "EventStream").flat_map(pushed) {
                    self.add_record(record, record, rule);
                }
            }
            _ => {}
        }
    }

    /// Key and partition key of a record: `told` has its number, `record` its data.
    fn add_record(&mut self, told: &Value, record: &Value, rule: &KeyRule) {
        if let Some(index) = text(told, "SequenceNumber").and_then(|number| self.find(number)) {
            let known = &mut self.list[index];
            known.key = known.key.take().or_else(|| business_key(record, rule));
            known.group = known.group.take().or_else(|| text(record, "PartitionKey").map(str::to_owned));
        }
    }

    /// The first key stays: what a fault makes of a body later is not the message's own.
    fn set_key(&mut self, message: &Value, key: Option<String>) {
        if let Some(index) = text(message, "MessageId").and_then(|id| self.find(id)) {
            let known = &mut self.list[index].key;
            *known = known.take().or(key);
        }
    }

    fn set_group(&mut self, message: &Value, group: Option<&str>) {
        if let Some(index) = text(message, "MessageId").and_then(|id| self.find(id)) {
            let known = &mut self.list[index].group;
            *known = known.take().or(group.map(str::to_owned));
        }
    }

    /// What was stored but neither acknowledged nor delivered has the key of a send without answer that was in the air.
    fn guess_keys(&mut self, history: &[Record], calls: &[Call<'_>], rule: &KeyRule) {
        let unanswered = |call: &&Call<'_>| {
            call.verb() == "SendMessage"
                && matches!(call.answer, Answer::Unknown(_) | Answer::Open | Answer::Refused(_))
        };
        let mut sends: Vec<_> = calls
            .iter()
            .filter(unanswered)
            .flat_map(|call| {
                call.entries().into_iter().map(|entry| (call.begin, call.end, business_key(entry.input, rule)))
            })
            .collect();
        for (index, record) in history.iter().enumerate() {
            let What::Event { name, detail, .. } = &record.what else { continue };
            if name != "sent" {
                continue;
            }
            let Some(message) = text(detail, "message").and_then(|id| self.find(id)) else { continue };
            let known = self.list[message].key.clone();
            let in_air = |(begin, end, key): &(usize, usize, Option<String>)| {
                (*begin..=*end).contains(&index) && (known.is_none() || known == *key)
            };
            if let Some(position) = sends.iter().position(in_air)
                && known.is_none()
            {
                self.list[message].key = sends.remove(position).2;
            }
        }
    }
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// The records of an event of a subscription.
fn pushed(event: &Value) -> impl Iterator<Item = &Value> {
    event.get("SubscribeToShardEvent").into_iter().flat_map(|event| list(event, "Records"))
}

/// Whether an id is a sequence number, as records of streams have them.
fn is_number(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_digit())
}

/// Name of a queue from its URL or ARN.
pub(super) fn queue_name(place: &str) -> &str {
    place.rsplit(['/', ':']).next().unwrap_or(place)
}
