//! When a message was hidden, and for whom.

use std::collections::BTreeMap;

use redeliver_check::{Record, What};
use serde_json::Value;

use super::Messages;
use super::call::{Answer, Call, text};

/// Visibility timeout of a queue of which the history tells nothing, in milliseconds: the default of SQS.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html>
const VISIBILITY_MS: u64 = 30_000;

/// How a lease ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeaseEnd {
    /// It ran out, or was given back.
    Expired,
    /// The message was deleted, moved or expired.
    Gone,
    /// The history ends before it.
    Open,
}

/// A stretch of time in which a message was hidden because somebody had received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lease {
    pub(crate) message: usize,
    /// Who was given the message; `None` when the reply was lost.
    pub(crate) process: Option<u32>,
    pub(crate) from_ms: u64,
    /// When it ended.
    pub(crate) until_ms: u64,
    pub(crate) end: LeaseEnd,
    /// Which delivery of the message this was, from 1.
    pub(crate) count: u64,
    /// Whether the backend knows nothing of it: a copy of an earlier delivery.
    pub(crate) copy: bool,
    /// Index of the record that began it.
    pub(crate) record: usize,
    /// Index of the answer that brought the message.
    pub(crate) delivered: Option<usize>,
    /// How long that took in milliseconds.
    pub(crate) late_ms: u64,
}

/// All leases in the order in which they began.
pub(super) fn leases(history: &[Record], calls: &[Call<'_>], messages: &Messages) -> Vec<Lease> {
    let mut leases = Leases::default();
    let mut answers: Vec<_> =
        calls.iter().filter(|call| ["ReceiveMessage", "DeleteMessage"].contains(&call.verb())).collect();
    answers.sort_by_key(|call| call.end);
    let mut answers = answers.into_iter().peekable();
    for (index, record) in history.iter().enumerate() {
        if let What::Event { name, detail, .. } = &record.what
            && let Some(message) = text(detail, "message").and_then(|id| messages.find(id))
        {
            leases.tell(index, record.at_ms, message, name, detail);
        }
        while let Some(call) = answers.next_if(|call| call.end <= index) {
            leases.answer(call, record.at_ms, messages);
        }
    }
    let end_ms = history.last().map_or(0, |record| record.at_ms);
    for lease in &mut leases.list {
        if lease.end == LeaseEnd::Open && lease.until_ms <= end_ms {
            lease.end = LeaseEnd::Expired;
        }
    }
    leases.list
}

#[derive(Debug, Default)]
struct Leases {
    list: Vec<Lease>,
    /// Indices in the list by message.
    of_message: BTreeMap<usize, Vec<usize>>,
    /// Whether the backend tells of its leases.
    told: bool,
}

impl Leases {
    fn last(&mut self, message: usize) -> Option<&mut Lease> {
        let at = self.of_message.get(&message)?.iter().rev().find(|at| !self.list[**at].copy)?;
        self.list.get_mut(*at)
    }

    fn begin(&mut self, lease: Lease) {
        if let Some(before) = self.last(lease.message)
            && !lease.copy
            && before.end == LeaseEnd::Open
        {
            before.until_ms = before.until_ms.min(lease.from_ms);
            before.end = LeaseEnd::Expired;
        }
        self.of_message.entry(lease.message).or_default().push(self.list.len());
        self.list.push(lease);
    }

    /// An event of the backend.
    fn tell(&mut self, record: usize, at_ms: u64, message: usize, name: &str, detail: &Value) {
        let until_ms = detail.get("hidden-until-ms").and_then(Value::as_u64).unwrap_or(at_ms);
        match name {
            "received" => {
                self.told = true;
                let count = detail.get("count").and_then(Value::as_u64).unwrap_or(1);
                let (process, delivered, copy, end, late_ms) = (None, None, false, LeaseEnd::Open, 0);
                self.begin(Lease {
                    message,
                    process,
                    from_ms: at_ms,
                    until_ms,
                    end,
                    count,
                    copy,
                    record,
                    delivered,
                    late_ms,
                });
            }
            "visibility-changed" => {
                if let Some(lease) = self.last(message) {
                    lease.until_ms = until_ms.max(at_ms);
                    lease.end = if until_ms <= at_ms { LeaseEnd::Expired } else { LeaseEnd::Open };
                }
            }
            "deleted" | "expired" | "dead-lettered" | "moved" => self.gone(message, at_ms),
            _ => {}
        }
    }

    fn gone(&mut self, message: usize, at_ms: u64) {
        if let Some(lease) = self.last(message)
            && lease.end == LeaseEnd::Open
        {
            lease.end = if lease.until_ms < at_ms { LeaseEnd::Expired } else { LeaseEnd::Gone };
            lease.until_ms = lease.until_ms.min(at_ms);
        }
    }

    /// The lease that began while the call was in the air and that no answer has brought yet: that of this count, else the oldest, since a
    /// reply may be so late that others had the message in between.
    fn awaited(&self, message: usize, call: &Call<'_>, count: Option<u64>) -> Option<usize> {
        let of_call = |at: &usize| {
            let lease = &self.list[*at];
            lease.delivered.is_none() && !lease.copy && (call.begin..=call.end).contains(&lease.record)
        };
        let awaited: Vec<_> = self.of_message.get(&message)?.iter().copied().filter(of_call).collect();
        let counted = awaited.iter().copied().find(|at| Some(self.list[*at].count) == count);
        counted.or_else(|| awaited.first().copied())
    }

    /// An answer that reached the caller.
    fn answer(&mut self, call: &Call<'_>, at_ms: u64, messages: &Messages) {
        let Answer::Done(output) = call.answer else { return };
        if call.verb() == "DeleteMessage" {
            for entry in call.entries() {
                if !self.told
                    && matches!(entry.answer, Answer::Done(_))
                    && let Some(message) =
                        text(entry.input, "ReceiptHandle").and_then(|handle| messages.of_handle(handle))
                {
                    self.gone(message, at_ms);
                }
            }
            return;
        }
        let seconds = call.input.get("VisibilityTimeout").and_then(Value::as_u64);
        let visibility_ms = seconds.map_or(VISIBILITY_MS, |seconds| seconds.saturating_mul(1000));
        for delivery in output.get("Messages").and_then(Value::as_array).into_iter().flatten() {
            let Some(message) = text(delivery, "MessageId").and_then(|id| messages.find(id)) else { continue };
            let counted = delivery.pointer("/Attributes/ApproximateReceiveCount").and_then(Value::as_str);
            let counted: Option<u64> = counted.and_then(|count| count.parse().ok());
            if let Some(at) = self.awaited(message, call, counted) {
                let lease = &mut self.list[at];
                (lease.process, lease.delivered) = (Some(call.process), Some(call.end));
                lease.late_ms = at_ms.saturating_sub(lease.from_ms);
                continue;
            }
            let before = self.of_message.get(&message).map_or(0, Vec::len) as u64;
            // A copy hides nothing.
            let (length, end) = if self.told { (0, LeaseEnd::Gone) } else { (visibility_ms, LeaseEnd::Open) };
            self.begin(Lease {
                message,
                process: Some(call.process),
                from_ms: at_ms,
                until_ms: at_ms.saturating_add(length),
                end,
                count: counted.unwrap_or(before + 1),
                copy: self.told,
                record: call.end,
                delivered: Some(call.end),
                late_ms: 0,
            });
        }
    }
}
