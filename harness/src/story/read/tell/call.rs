//! Calls as moments, one for each message.

use redeliver_check::{Record, What};
use serde_json::Value;

use super::event::fault_name;
use super::stream;
use crate::story::read::call::{Answer, Call, Entry, text};
use crate::story::read::key::business_key;
use crate::story::read::lease::LeaseEnd;
use crate::story::read::message::queue_name;
use crate::story::read::{Kind, Moment, Reading};
use crate::story::words::{cut, foreign, moment};

/// Longest reason for a missing reply, in characters.
const REASON_MAX: usize = 40;

/// Appends the moments of a call.
pub(super) fn tell(history: &[Record], call: &Call<'_>, reading: &Reading, moments: &mut Vec<Moment>) {
    let teller = Teller { history, call, reading };
    if call.name.starts_with("kinesis:") {
        return stream::tell(&teller, moments);
    }
    match call.verb() {
        "SendMessage" => moments.extend(call.entries().iter().map(|entry| teller.send(entry))),
        "ReceiveMessage" => teller.receive(moments),
        "DeleteMessage" => moments.extend(call.entries().iter().map(|entry| teller.delete(entry))),
        "ChangeMessageVisibility" => moments.extend(call.entries().iter().map(|entry| teller.change(entry))),
        _ => moments.push(teller.other()),
    }
}

pub(super) struct Teller<'a> {
    pub(super) history: &'a [Record],
    pub(super) call: &'a Call<'a>,
    pub(super) reading: &'a Reading,
}

impl Teller<'_> {
    pub(super) fn moment(&self, kind: Kind, message: Option<usize>, text: String, trouble: bool) -> Moment {
        let faults = self.call.faults.iter().filter_map(|index| match &self.history[*index].what {
            What::Fault { rule, id, .. } => Some(fault_name(rule, id)),
            _ => None,
        });
        let record = self.call.begin;
        Moment {
            at_ms: self.history[record].at_ms,
            record,
            process: Some(self.call.process),
            kind,
            message,
            key: message.and_then(|message| self.reading.messages.get(message).key.clone()),
            text,
            faults: faults.collect(),
            trouble,
            futile: false,
        }
    }

    pub(super) fn name(&self, message: Option<usize>) -> &str {
        message.map_or("a message", |message| self.reading.messages.get(message).name.as_str())
    }

    /// Messages that the backend tells of while the call was in the air.
    fn events(&self, name: &'static str) -> impl Iterator<Item = usize> {
        self.history[self.call.begin..=self.call.end].iter().filter_map(move |record| match &record.what {
            What::Event { name: found, detail, .. } if found == name => {
                self.reading.messages.find(text(detail, "message")?)
            }
            _ => None,
        })
    }

    fn send(&self, entry: &Entry<'_>) -> Moment {
        let key = business_key(entry.input, &self.reading.rule);
        let group = text(entry.input, "MessageGroupId").map(|group| format!(" (group {})", foreign(group)));
        let shown = format!("send {}{}", key.as_deref().map_or_else(String::new, foreign), group.unwrap_or_default());
        let known = match entry.answer {
            Answer::Done(output) => text(output, "MessageId").and_then(|id| self.reading.messages.find(id)),
            _ => self.events("sent").find(|message| self.reading.messages.get(*message).key == key),
        };
        let stored = known.map(|message| format!("stored as {}, ", self.name(Some(message)))).unwrap_or_default();
        let (text, trouble) = match entry.answer {
            Answer::Done(_) => (format!("{shown} -> {}", self.name(known)), false),
            Answer::Refused(code) => (format!("{shown} -> {stored}answered {}", foreign(code)), true),
            Answer::Failed(code) => (format!("{shown} -> {stored}entry FAILED: {}", foreign(code)), true),
            Answer::Unknown(_) | Answer::Open => (format!("{shown} -> {stored}{}", self.silence(entry.answer)), true),
        };
        let second = known.is_some_and(|message| self.reading.messages.get(message).repeated);
        let text = if second { format!("{text}, one more message for this key") } else { text };
        let mut moment = self.moment(Kind::Send, known, text, trouble);
        (moment.key, moment.futile) = (key, known.is_none());
        moment
    }

    fn receive(&self, moments: &mut Vec<Moment>) {
        let deliveries = match self.call.answer {
            Answer::Done(output) => output.get("Messages").and_then(Value::as_array),
            Answer::Refused(code) => {
                moments.push(self.moment(Kind::Receive, None, format!("receive -> {}", foreign(code)), true));
                return;
            }
            silent => {
                let text = format!("receive -> {}", self.silence(silent));
                moments.push(self.moment(Kind::Receive, None, text, true));
                return;
            }
        };
        let mut empty = true;
        for delivery in deliveries.into_iter().flatten() {
            let Some(message) = text(delivery, "MessageId").and_then(|id| self.reading.messages.find(id)) else {
                continue;
            };
            empty = false;
            moments.push(self.delivery(message));
        }
        if empty {
            moments.push(self.moment(Kind::Receive, None, "receive -> nothing".to_owned(), false));
        }
    }

    fn delivery(&self, message: usize) -> Moment {
        let name = self.name(Some(message));
        let text = match self.reading.lease_of(message, self.call.end) {
            None => format!("receive {name} once more in the same reply"),
            Some(lease) => {
                let copy = if lease.copy { ", a copy" } else { "" };
                let until = moment(lease.until_ms);
                let until = if lease.end == LeaseEnd::Gone { String::new() } else { format!(", hidden until {until}") };
                format!("receive {name}{} ({}{copy}{until})", self.from(message), nth(lease.count))
            }
        };
        let mut moment = self.moment(Kind::Receive, Some(message), text, false);
        (moment.at_ms, moment.record) = (self.history[self.call.end].at_ms, self.call.end);
        moment
    }

    /// ` from` a queue that is not the message's first.
    fn from(&self, message: usize) -> String {
        let from = text(self.call.input, "QueueUrl").map(queue_name);
        let own = self.reading.messages.get(message).queue.as_deref();
        match (from, own) {
            (Some(from), Some(own)) if from != own => format!(" from {}", foreign(from)),
            _ => String::new(),
        }
    }

    fn delete(&self, entry: &Entry<'_>) -> Moment {
        let message = self.handle(entry);
        let unsure = !matches!(entry.answer, Answer::Done(_));
        let gone = unsure && self.events("deleted").any(|deleted| Some(deleted) == message);
        let done = if gone { "done, " } else { "" };
        let outcome = self.outcome(entry.answer).map(|outcome| format!("{done}{outcome}"));
        let futile = !gone && outcome.is_some();
        let acted = self.acted(Kind::Delete, message, format!("delete {}", self.name(message)), outcome);
        Moment { futile, ..acted }
    }

    fn change(&self, entry: &Entry<'_>) -> Moment {
        let message = self.handle(entry);
        let name = self.name(message);
        let shown = match entry.input.get("VisibilityTimeout").and_then(Value::as_u64) {
            Some(0) => format!("give back {name}"),
            Some(seconds) => format!("hide {name} for {seconds} s"),
            None => format!("hide {name}"),
        };
        let outcome = self.outcome(entry.answer);
        self.acted(Kind::Change, message, shown, outcome)
    }

    /// How a call ended that did not end as it should.
    pub(super) fn outcome(&self, answer: Answer<'_>) -> Option<String> {
        match answer {
            Answer::Done(_) => None,
            Answer::Refused(code) => Some(format!("answered {}", foreign(code))),
            Answer::Failed(code) => Some(format!("entry FAILED: {}", foreign(code))),
            Answer::Unknown(_) | Answer::Open => Some(self.silence(answer)),
        }
    }

    /// A fault that is named beside it says more than what the caller was told.
    pub(super) fn silence(&self, answer: Answer<'_>) -> String {
        match answer {
            Answer::Unknown(reason) if self.call.faults.is_empty() && !reason.is_empty() => {
                format!("NO REPLY ({})", cut(reason, REASON_MAX))
            }
            _ => "NO REPLY".to_owned(),
        }
    }

    pub(super) fn acted(&self, kind: Kind, message: Option<usize>, shown: String, outcome: Option<String>) -> Moment {
        let trouble = outcome.is_some();
        let text = outcome.map(|outcome| format!("{shown} -> {outcome}")).unwrap_or(shown);
        self.moment(kind, message, text, trouble)
    }

    fn handle(&self, entry: &Entry<'_>) -> Option<usize> {
        self.reading.messages.of_handle(text(entry.input, "ReceiptHandle")?)
    }

    pub(super) fn other(&self) -> Moment {
        let verb = foreign(self.call.verb());
        let outcome = self.outcome(self.call.answer);
        self.acted(Kind::Call, None, verb, outcome)
    }
}

/// `1st time`, `2nd time`.
fn nth(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending} time")
}
