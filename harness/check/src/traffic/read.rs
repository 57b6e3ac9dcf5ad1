//! From records to traffic.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Delivery, Handled, How, Sent, Span, Traffic};
use crate::{Record, What};

/// How a call ended.
enum Answer<'a> {
    Ok(&'a Value),
    Refused,
    Unknown,
}

impl Traffic {
    /// Reads a history. A call without an answer may have had its effect, until the end of the history and after.
    pub(crate) fn of(history: &[Record]) -> Self {
        let mut traffic = Self::default();
        let mut open: BTreeMap<u32, usize> = BTreeMap::new();
        for (end, record) in history.iter().enumerate() {
            let answer = match &record.what {
                What::Invoke { .. } => {
                    open.insert(record.process, end);
                    continue;
                }
                What::Event { .. }
                | What::Effect { .. }
                | What::Handler { .. }
                | What::Fault { .. }
                | What::Crash { .. }
                | What::Restart
                | What::Shutdown => continue,
                What::Ok { output, .. } => Answer::Ok(output),
                What::Fail { .. } => Answer::Refused,
                What::Info { .. } => Answer::Unknown,
            };
            if let Some(begin) = open.remove(&record.process) {
                traffic.add(history, begin, (end, record.at_ms), &answer);
            }
        }
        let last = (history.len(), history.last().map_or(0, |record| record.at_ms));
        for begin in open.into_values() {
            traffic.add(history, begin, last, &Answer::Unknown);
        }
        traffic
    }

    fn add(&mut self, history: &[Record], begin: usize, (end, end_ms): (usize, u64), answer: &Answer<'_>) {
        let record = &history[begin];
        let What::Invoke { call, input } = &record.what else { return };
        let span = Span { begin, end, begin_ms: record.at_ms, end_ms };
        match call.as_str() {
            "sqs:SendMessage" => self.add_send(span, input, answer),
            "sqs:SendMessageBatch" => self.add_batch(input, answer, |traffic, entry, result| {
                traffic.add_send(span, entry, result);
            }),
            "sqs:ReceiveMessage" => self.add_receive(span, record.process, input, answer),
            "sqs:DeleteMessage" => self.add_handled(span, text(input, "QueueUrl"), input, How::Deleted, answer),
            "sqs:ChangeMessageVisibility" => {
                self.add_handled(span, text(input, "QueueUrl"), input, How::Changed, answer);
            }
            "sqs:DeleteMessageBatch" => self.add_batch(input, answer, |traffic, entry, result| {
                traffic.add_handled(span, text(input, "QueueUrl"), entry, How::Deleted, result);
            }),
            "sqs:ChangeMessageVisibilityBatch" => self.add_batch(input, answer, |traffic, entry, result| {
                traffic.add_handled(span, text(input, "QueueUrl"), entry, How::Changed, result);
            }),
            "sqs:PurgeQueue" | "sqs:DeleteQueue" => self.emptied.push(text(input, "QueueUrl")),
            _ => {}
        }
    }

    fn add_send(&mut self, span: Span, input: &Value, answer: &Answer<'_>) {
        let message_id = match answer {
            Answer::Ok(output) => output.get("MessageId").and_then(Value::as_str).map(str::to_owned),
            Answer::Refused => return,
            Answer::Unknown => None,
        };
        let optional = |name| input.get(name).and_then(Value::as_str).map(str::to_owned);
        self.sent.push(Sent {
            span,
            body: text(input, "MessageBody"),
            group: optional("MessageGroupId"),
            deduplication: optional("MessageDeduplicationId"),
            message_id,
        });
    }

    fn add_receive(&mut self, span: Span, process: u32, input: &Value, answer: &Answer<'_>) {
        let Answer::Ok(output) = answer else {
            self.unanswered_receives += usize::from(matches!(answer, Answer::Unknown));
            return;
        };
        let messages = output.get("Messages").and_then(Value::as_array);
        for (index, message) in messages.into_iter().flatten().enumerate() {
            self.deliveries.push(Delivery {
                span,
                process,
                index,
                queue: text(input, "QueueUrl"),
                message_id: text(message, "MessageId"),
                handle: text(message, "ReceiptHandle"),
                body: text(message, "Body"),
            });
        }
    }

    fn add_handled(&mut self, span: Span, queue: String, entry: &Value, how: How, answer: &Answer<'_>) {
        let acknowledged = match answer {
            Answer::Ok(_) => true,
            Answer::Refused => return,
            Answer::Unknown => false,
        };
        self.handled.push(Handled { span, queue, handle: text(entry, "ReceiptHandle"), how, acknowledged });
    }

    /// Calls `add` for each entry of a batch with that entry's own answer.
    fn add_batch(&mut self, input: &Value, answer: &Answer<'_>, mut add: impl FnMut(&mut Self, &Value, &Answer<'_>)) {
        for entry in input.get("Entries").and_then(Value::as_array).into_iter().flatten() {
            let own = |list: &str, output: &'_ Value| -> Option<usize> {
                output.get(list)?.as_array()?.iter().position(|result| result.get("Id") == entry.get("Id"))
            };
            match answer {
                Answer::Ok(output) => match own("Successful", output) {
                    Some(index) => add(self, entry, &Answer::Ok(&output["Successful"][index])),
                    None => add(self, entry, &Answer::Refused),
                },
                Answer::Refused => {}
                Answer::Unknown => add(self, entry, &Answer::Unknown),
            }
        }
    }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
