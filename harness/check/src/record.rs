//! One line of a history.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that happened during a run, as it was seen from outside, or told by the reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Milliseconds since the start of the case: virtual on the reference, real elsewhere.
    pub at_ms: u64,
    /// Who did it: 0 is the case itself, producers and consumers of a workload have numbers of their own.
    pub process: u32,
    /// What.
    pub what: What,
}

/// How far the handling of a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandlerState {
    /// It began.
    Start,
    /// It came to its end.
    End,
    /// It gave up, for the `reason` beside it.
    Error,
}

/// What became of a worker's hold on a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeaseState {
    /// The worker has it from now on; whoever had it before has it no more.
    Taken,
    /// The worker keeps it.
    Renewed,
    /// The worker learned that it has it no more, or gave it up.
    Lost,
}

impl LeaseState {
    /// Its name in histories.
    pub fn name(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Renewed => "renewed",
            Self::Lost => "lost",
        }
    }
}

/// How the writing of a checkpoint ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckpointEnd {
    /// It was written.
    Accepted,
    /// It was not written, for example because the epoch is an old one.
    Refused,
    /// It may or may not have been written, where nobody but the worker tells and the reply was lost.
    Unknown,
}

impl CheckpointEnd {
    /// Its name in histories.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// At which moment of a call, or of a consumer, a fault struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before the backend saw the call: it had no effect.
    BeforeEffect,
    /// After the call had its effect: the reply was lost or replaced.
    AfterEffect,
    /// Within a reply that arrived: its content was changed.
    InReply,
    /// On the consumer itself, for example a crash.
    Consumer,
}

impl Phase {
    /// In words, to follow the name of a fault.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::BeforeEffect => "before its effect",
            Self::AfterEffect => "after its effect",
            Self::InReply => "in a reply",
            Self::Consumer => "on a consumer",
        }
    }
}

/// What happened.
///
/// Each `Invoke` of a process is answered by one of `Ok`, `Fail` and `Info` of the same process; of calls in the air at the same time
/// the first with the answer's name is meant. Calls that a crash cut have no answer: like those with an `Info`, they may have their
/// effect at any later time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum What {
    /// A call was sent.
    Invoke {
        /// Service prefix and operation, for example `sqs:SendMessage`.
        call: String,
        /// Its parameters by their API names.
        input: Value,
    },
    /// The call succeeded.
    Ok {
        /// Service prefix and operation.
        call: String,
        /// The response by its API names.
        output: Value,
    },
    /// The call was refused: it had no effect.
    Fail {
        /// Service prefix and operation.
        call: String,
        /// The code that SDKs show.
        code: String,
        /// The text.
        message: String,
    },
    /// The call may or may not have had its effect, for example because its reply was lost.
    Info {
        /// Service prefix and operation.
        call: String,
        /// Why nothing is known.
        reason: String,
    },
    /// A piece of an answer that comes piece by piece, after the `Ok` of its call, such as an event of `SubscribeToShard`.
    Part {
        /// Service prefix and operation.
        call: String,
        /// The parameters of the call that it answers.
        input: Value,
        /// The piece by its API names, for example `{"SubscribeToShardEvent": {..}}`.
        output: Value,
    },
    /// Something happened inside the backend; only the reference tells.
    Event {
        /// Service prefix.
        service: String,
        /// The resource that it happened to, an ARN.
        resource: String,
        /// What happened, in lower-hyphen, for example `dead-lettered`.
        name: String,
        /// Details by name.
        detail: Value,
    },
    /// A consumer did something to the outside world.
    Effect {
        /// The business key that it was done for, for example an order number.
        key: String,
        /// What was done, for example the amount charged.
        value: Value,
        /// Id of the message that caused it, or sequence number of the record, where the consumer tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// A consumer's handling of a delivered message began or ended.
    Handler {
        /// How far it has come.
        state: HandlerState,
        /// Id of the message; of a record of a stream its sequence number.
        message: String,
        /// Receipt handle of the delivery.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handle: Option<String>,
        /// Business key of the message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// Why it gave up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// A table that workers share says who reads a shard. `Taken` and `Renewed` are noted where the table changed.
    Lease {
        /// The stream; the only one of the history where it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stream: Option<String>,
        /// Id of the shard.
        shard: String,
        /// Name of the worker.
        owner: String,
        /// Grows each time that the lease is taken.
        epoch: u64,
        /// What became of it.
        state: LeaseState,
    },
    /// A worker wrote into that table how far it is with a shard. Noted where the table decided, not where the worker learned of it.
    Checkpoint {
        /// The stream; the only one of the history where it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stream: Option<String>,
        /// Id of the shard.
        shard: String,
        /// Number of the last record that is done, or one of `TRIM_HORIZON`, `LATEST` and `SHARD_END`.
        sequence: String,
        /// Epoch of the lease that the worker believes to have.
        epoch: u64,
        /// How it ended.
        outcome: CheckpointEnd,
    },
    /// A fault was injected.
    Fault {
        /// Name of the rule, in lower-hyphen, for example `lost-reply`.
        rule: String,
        /// Its id in the catalogue of faults, for example `S24`.
        id: String,
        /// The moment that it struck.
        phase: Phase,
        /// The call that it struck: service prefix and operation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call: Option<String>,
        /// The business key or message group that it struck.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// Details by name, for example the `message` and `queue` that it struck.
        #[serde(default, skip_serializing_if = "Value::is_null")]
        detail: Value,
    },
    /// The process was killed: what it was doing ended at once, calls in the air may have their effect.
    Crash {
        /// Why, a lowercase fragment.
        reason: String,
    },
    /// The process was started anew after a crash or a shutdown.
    Restart,
    /// The process was asked to stop in an orderly manner.
    Shutdown,
}

impl What {
    /// What became of a worker's hold on a shard of the only stream.
    pub fn lease(shard: impl Into<String>, owner: impl Into<String>, epoch: u64, state: LeaseState) -> Self {
        Self::Lease { stream: None, shard: shard.into(), owner: owner.into(), epoch, state }
    }

    /// A checkpoint of a shard of the only stream.
    pub fn checkpoint(
        shard: impl Into<String>,
        sequence: impl Into<String>,
        epoch: u64,
        outcome: CheckpointEnd,
    ) -> Self {
        Self::Checkpoint { stream: None, shard: shard.into(), sequence: sequence.into(), epoch, outcome }
    }

    /// The same of a lease or a checkpoint of this stream.
    #[must_use]
    pub fn of_stream(mut self, name: impl Into<String>) -> Self {
        if let Self::Lease { stream, .. } | Self::Checkpoint { stream, .. } = &mut self {
            *stream = Some(name.into());
        }
        self
    }

    /// The call that this is about; `None` for what is no part of one.
    pub fn call(&self) -> Option<&str> {
        match self {
            Self::Invoke { call, .. }
            | Self::Ok { call, .. }
            | Self::Fail { call, .. }
            | Self::Info { call, .. }
            | Self::Part { call, .. } => Some(call),
            Self::Event { .. }
            | Self::Effect { .. }
            | Self::Handler { .. }
            | Self::Lease { .. }
            | Self::Checkpoint { .. }
            | Self::Fault { .. }
            | Self::Crash { .. }
            | Self::Restart
            | Self::Shutdown => None,
        }
    }
}
