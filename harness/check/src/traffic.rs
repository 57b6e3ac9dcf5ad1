//! Everything that a history tells, as one index that all checkers share.

mod excuse;
mod handlers;
mod lease;
mod names;
mod order;
mod queue;
mod read;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

pub(crate) use excuse::{Excuse, Named};
pub(crate) use lease::Lease;
pub(crate) use names::{Names, place};
pub(crate) use order::{Latest, overtaken, overtaken_apart};
pub(crate) use queue::Queue;
pub(crate) use read::{batch, field, sequence, text};
use serde_json::Value;

use crate::streams::Streams;
use crate::topics::Topics;
use crate::{CheckpointEnd, KeyRule, LeaseState, Phase};

/// When a call was in the air: it took effect somewhere between its two ends.
///
/// `begin` and `end` are indices of records, which order even what has the same millisecond. A call without an answer
/// may take effect until the end of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Index of the invocation.
    pub(crate) begin: usize,
    /// Index of the answer.
    pub(crate) end: usize,
    /// Millisecond of the invocation.
    pub(crate) begin_ms: u64,
    /// Millisecond of the answer.
    pub(crate) end_ms: u64,
}

impl Span {
    /// Whether this call was over before `other` began.
    pub(crate) fn before(&self, other: &Self) -> bool {
        self.end < other.begin
    }
}

/// How a call, or an entry of a batch, ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It succeeded.
    Done,
    /// It was refused: it had no effect.
    Refused,
    /// It may or may not have had its effect.
    Unknown,
}

/// A call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) name: &'a str,
    pub(crate) input: &'a Value,
    pub(crate) output: Option<&'a Value>,
    pub(crate) outcome: Outcome,
    /// Millisecond at which an answer, or the loss of one, was noted.
    pub(crate) answered_ms: u64,
}

/// A message that was to be sent. Queue, group, key and message are numbers of names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// Its place among all sends.
    pub(crate) number: usize,
    pub(crate) span: Span,
    pub(crate) queue: usize,
    pub(crate) body: &'a str,
    pub(crate) group: Option<usize>,
    pub(crate) deduplication: Option<usize>,
    pub(crate) key: usize,
    /// The message that it became; `None` unless the send was acknowledged.
    pub(crate) message: Option<usize>,
    pub(crate) sequence: Option<u128>,
    pub(crate) outcome: Outcome,
}

/// A message that a receive returned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery<'a> {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) queue: usize,
    pub(crate) message: usize,
    pub(crate) body: &'a str,
    pub(crate) count: Option<u64>,
    pub(crate) sequence: Option<u128>,
    pub(crate) group: Option<usize>,
    /// The receive's own visibility timeout.
    pub(crate) visibility_ms: Option<u64>,
    /// `ReceiveRequestAttemptId`: the receive may be repeated with the same answer.
    pub(crate) attempt: Option<&'a str>,
    /// The next delivery of the message.
    pub(crate) next: Option<usize>,
    /// The first of what was done with its handle.
    pub(crate) handled: Option<usize>,
    last_handled: Option<usize>,
}

/// A deletion or a change of visibility of a delivered message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handled {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) queue: usize,
    /// The delivery that the handle is of, if the history has it.
    pub(crate) delivery: Option<usize>,
    pub(crate) how: How,
    pub(crate) outcome: Outcome,
    /// The next thing that was done with the same handle.
    pub(crate) next: Option<usize>,
}

/// What was done to a delivered message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// It was deleted.
    Deleted,
    /// It was hidden for so many milliseconds from then on.
    Changed(u64),
}

/// A message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) body: &'a str,
    pub(crate) key: Option<usize>,
    pub(crate) group: Option<usize>,
    /// The first acknowledged send that it came from.
    pub(crate) sent: Option<usize>,
    /// Its first delivery.
    pub(crate) first: Option<usize>,
    last: Option<usize>,
    /// The first effect that names it.
    pub(crate) effect: Option<usize>,
    /// The backend told that it was dead-lettered.
    pub(crate) dead_lettered: bool,
    /// The backend told that it was sent, or moved here.
    pub(crate) accepted: bool,
    /// The backend told that it expired.
    pub(crate) expired: bool,
}

/// A receive that was answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Receive {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) queue: usize,
    /// Whether the answer was empty.
    pub(crate) empty: bool,
    /// Whether it waited for messages, so that every server was asked.
    pub(crate) long: bool,
}

/// Something that a consumer did to the outside world.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effect<'a> {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
    pub(crate) process: u32,
    pub(crate) key: usize,
    pub(crate) value: &'a Value,
    pub(crate) message: Option<usize>,
    /// The next effect for the same key.
    pub(crate) next: Option<usize>,
}

/// A consumer's handling of a message, from its beginning to its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Handling<'a> {
    pub(crate) process: u32,
    pub(crate) message: usize,
    pub(crate) delivery: Option<usize>,
    pub(crate) key: Option<usize>,
    /// From the record of its beginning to that of its end, or to the last of the history.
    pub(crate) span: Span,
    pub(crate) end: HandlingEnd<'a>,
}

/// How a handling ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HandlingEnd<'a> {
    /// It came to its end; with a reason where the message was put aside on purpose.
    Completed(Option<&'a str>),
    /// It gave up.
    Failed(&'a str),
    /// The process crashed or was started anew.
    Cut,
    /// Nothing is told of its end.
    Open,
}

/// A fault that was injected.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Struck<'a> {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
    pub(crate) process: u32,
    pub(crate) rule: &'a str,
    pub(crate) id: &'a str,
    pub(crate) phase: Phase,
    pub(crate) call: Option<&'a str>,
    pub(crate) key: Option<&'a str>,
    pub(crate) detail: &'a Value,
}

/// A crash, a restart or a shutdown of a process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
    pub(crate) process: u32,
    pub(crate) what: TurnWhat,
}

/// What happened to a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TurnWhat {
    Crashed,
    Restarted,
    ShutDown,
}

/// What the backend told of a topic, in its own words: `topics` makes sense of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ToldOfTopic<'a> {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
    /// ARN of the topic.
    pub(crate) topic: &'a str,
    pub(crate) name: &'a str,
    pub(crate) detail: &'a Value,
}

/// What the backend told of a stream, in its own words: `streams` makes sense of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ToldOfStream<'a> {
    pub(crate) at: usize,
    /// ARN of the stream.
    pub(crate) stream: &'a str,
    pub(crate) detail: &'a Value,
}

/// A piece of an answer that came after its call was answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) span: Span,
    pub(crate) process: u32,
    pub(crate) name: &'a str,
    pub(crate) input: &'a Value,
    pub(crate) output: &'a Value,
}

/// What became of a worker's hold on a shard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeaseNote<'a> {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
    pub(crate) stream: Option<&'a str>,
    pub(crate) shard: &'a str,
    pub(crate) owner: &'a str,
    pub(crate) epoch: u64,
    pub(crate) state: LeaseState,
}

/// How far a worker said that it is with a shard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckpointNote<'a> {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
    pub(crate) process: u32,
    pub(crate) stream: Option<&'a str>,
    pub(crate) shard: &'a str,
    pub(crate) sequence: &'a str,
    pub(crate) epoch: u64,
    pub(crate) outcome: CheckpointEnd,
}

/// Everything that a history tells, in the order of the answers.
#[derive(Debug, Default)]
pub(crate) struct Traffic<'a> {
    pub(crate) calls: Vec<Call<'a>>,
    pub(crate) sent: Vec<Sent<'a>>,
    pub(crate) receives: Vec<Receive>,
    pub(crate) deliveries: Vec<Delivery<'a>>,
    pub(crate) handled: Vec<Handled>,
    pub(crate) messages: Vec<Message<'a>>,
    pub(crate) effects: Vec<Effect<'a>>,
    pub(crate) handlings: Vec<Handling<'a>>,
    pub(crate) faults: Vec<Struck<'a>>,
    pub(crate) turns: Vec<Turn>,
    pub(crate) told_of_topics: Vec<ToldOfTopic<'a>>,
    /// Shards that were opened.
    pub(crate) told_of_streams: Vec<ToldOfStream<'a>>,
    pub(crate) parts: Vec<Part<'a>>,
    /// Calls of streams that were refused, with the code.
    pub(crate) refused: Vec<(&'a str, &'a str)>,
    pub(crate) lease_notes: Vec<LeaseNote<'a>>,
    pub(crate) checkpoint_notes: Vec<CheckpointNote<'a>>,
    /// How many receives got no answer: they may have counted at the backend.
    pub(crate) unanswered_receives: usize,
    /// Queues that were purged or deleted.
    pub(crate) emptied: BTreeSet<usize>,
    /// Whether settings were changed, messages moved, or queues purged or deleted: what is legal then, a history does not tell.
    pub(crate) disturbed: bool,
    /// Whether the backend told what happened inside it.
    pub(crate) tells_events: bool,
    /// Index and millisecond of the end of the history.
    pub(crate) end: (usize, u64),
    pub(crate) queues: Names<'a>,
    pub(crate) ids: Names<'a>,
    pub(crate) keys: Names<'a>,
    pub(crate) groups: Names<'a>,
    pub(crate) deduplications: Names<'a>,
    /// Where business keys stand; none in an empty index.
    rule: Option<&'a KeyRule>,
    topics: OnceCell<Topics<'a>>,
    streams: OnceCell<Streams<'a>>,
    handles: Names<'a>,
    /// The last delivery with each handle.
    by_handle: Vec<usize>,
    /// The first and the last effect for each key.
    by_key: Vec<Option<(usize, usize)>>,
}

impl<'a> Traffic<'a> {
    /// What the history tells of topics, made sense of when somebody first asks.
    pub(crate) fn topics(&self) -> &Topics<'a> {
        self.topics.get_or_init(|| Topics::of(self))
    }

    /// What the history tells of streams, made sense of when somebody first asks.
    pub(crate) fn streams(&self) -> &Streams<'a> {
        self.streams.get_or_init(|| Streams::of(self))
    }

    /// The business key of a record by its data in Base64.
    pub(crate) fn key_of_data(&self, data: &'a str) -> Cow<'a, str> {
        self.rule.map_or(Cow::Borrowed(data), |rule| rule.key_of_data(data))
    }

    /// The business key of a message.
    pub(crate) fn key_of(&self, body: &'a str, attributes: Option<&'a Value>) -> Cow<'a, str> {
        self.rule.map_or(Cow::Borrowed(body), |rule| rule.key(body, attributes))
    }
}
