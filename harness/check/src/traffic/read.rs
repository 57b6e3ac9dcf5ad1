//! From records to traffic.

use std::collections::BTreeMap;

use serde_json::Value;

use super::handlers::Handlers;
use super::{
    Call, CheckpointNote, Delivery, Effect, Handled, How, LeaseNote, Message, Outcome, Part, Receive, Sent, Span,
    Struck, ToldOfStream, ToldOfTopic, Traffic, Turn, TurnWhat, place,
};
use crate::mutation::mutated;
use crate::{KeyRule, Record, What};

/// What is still open while a history is read.
struct Reading<'a> {
    rule: &'a KeyRule,
    history: &'a [Record],
    /// Invocations without an answer, by process.
    open: BTreeMap<u32, Vec<usize>>,
}

/// A call that has ended, or never will.
#[derive(Clone, Copy)]
struct Ended<'a> {
    span: Span,
    process: u32,
    input: &'a Value,
}

impl<'a> Traffic<'a> {
    /// Reads a history in one pass. A call without an answer may have its effect until the end of the history.
    pub(crate) fn of(history: &'a [Record], rule: &'a KeyRule) -> Self {
        let end = (history.len(), history.last().map_or(0, |record| record.at_ms));
        let mut traffic = Self { end, rule: Some(rule), ..Self::default() };
        traffic.calls.reserve(history.len() / 3);
        let mut reading = Reading { rule, history, open: BTreeMap::new() };
        let mut handlers = Handlers::default();
        for (at, record) in history.iter().enumerate() {
            match &record.what {
                What::Invoke { .. } => reading.open.entry(record.process).or_default().push(at),
                What::Ok { call, output } => {
                    traffic.answer(&mut reading, record, call, (at, Outcome::Done, Some(output)));
                }
                What::Fail { call, code, .. } => {
                    if call.starts_with("kinesis:") {
                        traffic.refused.push((call, code));
                    }
                    traffic.answer(&mut reading, record, call, (at, Outcome::Refused, None));
                }
                What::Info { call, .. } => traffic.answer(&mut reading, record, call, (at, Outcome::Unknown, None)),
                What::Event { service, resource, name, detail } if service == "sns" => {
                    traffic.tells_events = true;
                    traffic.told_of_topics.push(ToldOfTopic { at, at_ms: record.at_ms, topic: resource, name, detail });
                }
                What::Event { service, resource, name, detail } if service == "kinesis" => {
                    traffic.tells_events = true;
                    if name == "shard-opened" {
                        traffic.told_of_streams.push(ToldOfStream { at, stream: resource, detail });
                    }
                }
                What::Event { name, detail, .. } => traffic.told(name, detail),
                What::Effect { key, value, message } => traffic.effect((at, record), key, value, message.as_deref()),
                What::Handler { .. } => handlers.add(&mut traffic, at, record),
                What::Fault { rule, id, phase, call, key, detail } => traffic.faults.push(Struck {
                    at,
                    at_ms: record.at_ms,
                    process: record.process,
                    rule,
                    id,
                    phase: *phase,
                    call: call.as_deref(),
                    key: key.as_deref(),
                    detail,
                }),
                What::Part { .. } | What::Lease { .. } | What::Checkpoint { .. } => traffic.note(at, record),
                What::Crash { .. } => traffic.turn(&mut reading, &mut handlers, at, record, TurnWhat::Crashed),
                What::Restart => traffic.turn(&mut reading, &mut handlers, at, record, TurnWhat::Restarted),
                What::Shutdown => traffic.turn(&mut reading, &mut handlers, at, record, TurnWhat::ShutDown),
            }
        }
        for begin in reading.open.split_off(&0).into_values().flatten() {
            traffic.unanswered(&mut reading, begin);
        }
        traffic
    }

    /// What belongs to streams and is no call.
    fn note(&mut self, at: usize, record: &'a Record) {
        let (at_ms, process) = (record.at_ms, record.process);
        match &record.what {
            What::Part { call, input, output } => {
                let span = Span { begin: at, end: at, begin_ms: at_ms, end_ms: at_ms };
                self.parts.push(Part { span, process, name: call, input, output });
            }
            What::Lease { stream, shard, owner, epoch, state } => {
                let (stream, epoch, state) = (stream.as_deref(), *epoch, *state);
                self.lease_notes.push(LeaseNote { at, at_ms, stream, shard, owner, epoch, state });
            }
            What::Checkpoint { stream, shard, sequence, epoch, outcome } => {
                let (stream, epoch, outcome) = (stream.as_deref(), *epoch, *outcome);
                let note = CheckpointNote { at, at_ms, process, stream, shard, sequence, epoch, outcome };
                self.checkpoint_notes.push(note);
            }
            _ => {}
        }
    }

    /// Closes the first open invocation of the process that has this name.
    fn answer(
        &mut self,
        reading: &mut Reading<'a>,
        record: &Record,
        call: &str,
        (end, outcome, output): (usize, Outcome, Option<&'a Value>),
    ) {
        let Some(open) = reading.open.get_mut(&record.process) else { return };
        let name = |begin: &usize| reading.history[*begin].what.call() == Some(call);
        let Some(found) = open.iter().position(name) else { return };
        let begin = open.remove(found);
        let lost = outcome == Outcome::Unknown && mutated("read: a lost answer is a refusal");
        let outcome = if lost { Outcome::Refused } else { outcome };
        // A call that may still have its effect never ends for certain.
        let end = if outcome == Outcome::Unknown { self.end } else { (end, record.at_ms) };
        self.call(reading, begin, end, (outcome, output), record.at_ms);
    }

    fn unanswered(&mut self, reading: &mut Reading<'a>, begin: usize) {
        let answered_ms = reading.history[begin].at_ms;
        self.call(reading, begin, self.end, (Outcome::Unknown, None), answered_ms);
    }

    /// A crash or a restart leaves the process's calls without an answer and cuts what it was handling.
    fn turn(&mut self, reading: &mut Reading<'a>, handlers: &mut Handlers, at: usize, record: &Record, what: TurnWhat) {
        self.turns.push(Turn { at, at_ms: record.at_ms, process: record.process, what });
        if what != TurnWhat::ShutDown {
            for begin in reading.open.remove(&record.process).unwrap_or_default() {
                self.unanswered(reading, begin);
            }
            handlers.cut(self, at, record);
        }
    }

    fn call(
        &mut self,
        reading: &mut Reading<'a>,
        begin: usize,
        (end, end_ms): (usize, u64),
        (outcome, output): (Outcome, Option<&'a Value>),
        answered_ms: u64,
    ) {
        let record = &reading.history[begin];
        let What::Invoke { call, input } = &record.what else { return };
        let span = Span { begin, end, begin_ms: record.at_ms, end_ms };
        let ended = Ended { span, process: record.process, input };
        self.calls.push(Call { span, process: record.process, name: call, input, output, outcome, answered_ms });
        let queue = || text(input, "QueueUrl");
        match call.as_str() {
            "sqs:SendMessage" => self.send(reading, ended, queue(), input, (outcome, output)),
            "sqs:SendMessageBatch" => {
                let queue = queue();
                batch(input, outcome, output, |entry, own| self.send(reading, ended, queue, entry, own));
            }
            "sqs:ReceiveMessage" => self.receive(reading, ended, outcome, output),
            "sqs:DeleteMessage" => self.handled(ended, queue(), input, false, outcome),
            "sqs:ChangeMessageVisibility" => self.handled(ended, queue(), input, true, outcome),
            "sqs:DeleteMessageBatch" => {
                batch(input, outcome, output, |entry, own| self.handled(ended, queue(), entry, false, own.0));
            }
            "sqs:ChangeMessageVisibilityBatch" => {
                batch(input, outcome, output, |entry, own| self.handled(ended, queue(), entry, true, own.0));
            }
            "sqs:PurgeQueue" | "sqs:DeleteQueue" if outcome != Outcome::Refused => {
                let queue = self.queues.number(place(queue()));
                self.emptied.insert(queue);
                self.disturbed = true;
            }
            "sqs:SetQueueAttributes" | "sqs:StartMessageMoveTask" => self.disturbed |= outcome != Outcome::Refused,
            _ => {}
        }
    }

    fn send(
        &mut self,
        reading: &Reading<'a>,
        ended: Ended<'a>,
        queue: &'a str,
        entry: &'a Value,
        (outcome, output): (Outcome, Option<&'a Value>),
    ) {
        let (mut body, mut group, mut deduplication, mut attributes) = ("", None, None, None);
        for (name, value) in entry.as_object().into_iter().flatten() {
            match name.as_str() {
                "MessageBody" => body = value.as_str().unwrap_or_default(),
                "MessageGroupId" => group = value.as_str(),
                "MessageDeduplicationId" => deduplication = value.as_str(),
                "MessageAttributes" => attributes = Some(value),
                _ => {}
            }
        }
        let key = self.keys.number_of(reading.rule.key(body, attributes));
        let group = group.map(|group| self.groups.number(group));
        let deduplication = deduplication.map(|id| self.deduplications.number(id));
        let id = output.and_then(|output| field(output, "MessageId")).and_then(Value::as_str);
        let message = id.map(|id| self.message(id));
        if let Some(message) = message {
            let this = self.sent.len();
            let message = &mut self.messages[message];
            if message.sent.is_none() {
                *message = Message { body, key: Some(key), group, sent: Some(this), ..*message };
            }
        }
        let sequence = output.and_then(|output| sequence(field(output, "SequenceNumber")));
        let queue = self.queues.number(place(queue));
        let span = ended.span;
        let number = self.sent.len();
        self.sent.push(Sent { number, span, queue, body, group, deduplication, key, message, sequence, outcome });
    }

    fn receive(&mut self, reading: &Reading<'a>, ended: Ended<'a>, outcome: Outcome, output: Option<&'a Value>) {
        let Ended { span, process, input } = ended;
        let Some(output) = output else {
            self.unanswered_receives += usize::from(outcome == Outcome::Unknown);
            return;
        };
        let queue = self.queues.number(place(text(input, "QueueUrl")));
        let visibility_ms = field(input, "VisibilityTimeout").and_then(Value::as_u64).map(|seconds| seconds * 1_000);
        let attempt = field(input, "ReceiveRequestAttemptId").and_then(Value::as_str);
        let messages = field(output, "Messages").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let long = field(input, "WaitTimeSeconds").and_then(Value::as_u64).is_some_and(|seconds| seconds > 0);
        self.receives.push(Receive { span, process, queue, empty: messages.is_empty(), long });
        for answer in messages {
            let (mut id, mut handle, mut body, mut attributes, mut own) = ("", "", "", None, None);
            for (name, value) in answer.as_object().into_iter().flatten() {
                match name.as_str() {
                    "MessageId" => id = value.as_str().unwrap_or_default(),
                    "ReceiptHandle" => handle = value.as_str().unwrap_or_default(),
                    "Body" => body = value.as_str().unwrap_or_default(),
                    "Attributes" => attributes = Some(value),
                    "MessageAttributes" => own = Some(value),
                    _ => {}
                }
            }
            let message = self.message(id);
            let system = |name| attributes.and_then(|attributes: &'a Value| field(attributes, name));
            let group = system("MessageGroupId").and_then(Value::as_str).map(|group| self.groups.number(group));
            self.meet(reading, message, body, own, group);
            self.deliver(
                Delivery {
                    span,
                    process,
                    queue,
                    message,
                    body,
                    count: system("ApproximateReceiveCount").and_then(number),
                    sequence: sequence(system("SequenceNumber")),
                    group,
                    visibility_ms,
                    attempt,
                    next: None,
                    handled: None,
                    last_handled: None,
                },
                handle,
            );
        }
    }

    /// What a delivery tells of a message whose send is not known.
    fn meet(
        &mut self,
        reading: &Reading<'a>,
        message: usize,
        body: &'a str,
        own: Option<&'a Value>,
        group: Option<usize>,
    ) {
        if self.messages[message].key.is_none() {
            let key = self.keys.number_of(reading.rule.key(body, own));
            self.messages[message].key = Some(key);
            self.messages[message].body = body;
        }
        if self.messages[message].group.is_none() {
            self.messages[message].group = group;
        }
    }

    fn deliver(&mut self, delivery: Delivery<'a>, handle: &'a str) {
        let this = self.deliveries.len();
        let message = &mut self.messages[delivery.message];
        match message.last.replace(this) {
            Some(last) => self.deliveries[last].next = Some(this),
            None => message.first = Some(this),
        }
        let handle = self.handles.number(handle);
        if handle == self.by_handle.len() {
            self.by_handle.push(this);
        }
        self.by_handle[handle] = this;
        self.deliveries.push(delivery);
    }

    fn handled(&mut self, ended: Ended<'a>, queue: &'a str, entry: &'a Value, changed: bool, outcome: Outcome) {
        let this = self.handled.len();
        let queue = self.queues.number(place(queue));
        let delivery = self.delivery_with(text(entry, "ReceiptHandle"));
        if let Some(delivery) = delivery {
            let delivery = &mut self.deliveries[delivery];
            match delivery.last_handled.replace(this) {
                Some(last) => self.handled[last].next = Some(this),
                None => delivery.handled = Some(this),
            }
        }
        let seconds = || field(entry, "VisibilityTimeout").and_then(Value::as_u64).unwrap_or_default();
        let how = if changed { How::Changed(seconds() * 1_000) } else { How::Deleted };
        let Ended { span, process, .. } = ended;
        self.handled.push(Handled { span, process, queue, delivery, how, outcome, next: None });
    }

    fn told(&mut self, name: &str, detail: &'a Value) {
        self.tells_events = true;
        // A message that was moved is a new one.
        self.disturbed |= name == "moved";
        if let "sent" | "moved" = name {
            let message = self.message(text(detail, if name == "moved" { "became" } else { "message" }));
            self.messages[message].accepted = true;
        }
        if let "dead-lettered" | "expired" = name {
            let message = self.message(text(detail, "message"));
            self.messages[message].dead_lettered |= name == "dead-lettered";
            self.messages[message].expired |= name == "expired";
        }
    }

    fn effect(&mut self, (at, record): (usize, &Record), key: &'a str, value: &'a Value, message: Option<&'a str>) {
        let this = self.effects.len();
        let key = self.keys.number(key);
        let message = message.map(|id| self.message(id));
        if let Some(message) = message {
            self.messages[message].effect.get_or_insert(this);
        }
        if self.by_key.len() <= key {
            self.by_key.resize(self.keys.len(), None);
        }
        let first = match self.by_key[key] {
            Some((first, last)) => {
                self.effects[last].next = Some(this);
                first
            }
            None => this,
        };
        self.by_key[key] = Some((first, this));
        self.effects.push(Effect { at, at_ms: record.at_ms, process: record.process, key, value, message, next: None });
    }

    /// The number of the message with this id.
    pub(super) fn message(&mut self, id: &'a str) -> usize {
        let number = self.ids.number(id);
        if number == self.messages.len() {
            let (sent, first, last, effect) = (None, None, None, None);
            let (dead_lettered, accepted, expired) = (false, false, false);
            self.messages.push(Message {
                body: "",
                key: None,
                group: None,
                sent,
                first,
                last,
                effect,
                dead_lettered,
                accepted,
                expired,
            });
        }
        number
    }

    /// The last delivery that had this handle.
    pub(crate) fn delivery_with(&self, handle: &str) -> Option<usize> {
        self.handles.find(handle).map(|handle| self.by_handle[handle])
    }

    /// The first effect for this key.
    pub(crate) fn first_effect(&self, key: usize) -> Option<usize> {
        self.by_key.get(key).copied().flatten().map(|(first, _)| first)
    }
}

/// Calls `add` for each entry of a batch with that entry's own answer.
pub(crate) fn batch<'a>(
    input: &'a Value,
    outcome: Outcome,
    output: Option<&'a Value>,
    mut add: impl FnMut(&'a Value, (Outcome, Option<&'a Value>)),
) {
    let list = |value: &'a Value, name| field(value, name).and_then(Value::as_array).into_iter().flatten();
    for entry in list(input, "Entries") {
        let own = |output| list(output, "Successful").find(|result| field(result, "Id") == field(entry, "Id"));
        match output {
            Some(output) => match own(output) {
                Some(result) => add(entry, (Outcome::Done, Some(result))),
                None => add(entry, (Outcome::Refused, None)),
            },
            None => add(entry, (outcome, None)),
        }
    }
}

/// A member of an object. Objects of AWS are small: looking through them costs less than hashing.
pub(crate) fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.as_object()?.iter().find(|(other, _)| other.as_str() == name).map(|(_, value)| value)
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    field(value, name).and_then(Value::as_str).unwrap_or_default()
}

/// A number that AWS writes as text.
fn number(value: &Value) -> Option<u64> {
    value.as_str().map_or_else(|| value.as_u64(), |text| text.parse().ok())
}

pub(crate) fn sequence(value: Option<&Value>) -> Option<u128> {
    value?.as_str()?.parse().ok()
}
