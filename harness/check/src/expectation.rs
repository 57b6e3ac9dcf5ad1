//! What a run promises beyond what its history tells.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Effects, KeyRule, Scene};

/// What a run promises: its queues, its messages and the claims of its consumer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a promise of its own, given or not")]
pub struct Expectation {
    /// The queues that are checked; dead-letter queues stand in the scene of their source.
    pub queues: Vec<Scene>,
    /// Where business keys stand.
    pub key: KeyRule,
    /// Whether the run went on until the queues were drained. Where it did not, nothing is said to be lost.
    pub drained: bool,
    /// Whether the consumer tells its effects, so that a history without any means that there were none.
    pub tells_effects: bool,
    /// Whether a record of a stream counts as handled when it is read: so it is with readers that do nothing else, and tell no effects.
    pub reads_are_effects: bool,
    /// How many effects each key may have.
    pub effects_max: u32,
    /// Business keys of messages that no consumer can handle.
    pub poison: BTreeSet<String>,
    /// The effects of the calm run, and what was done differently in this one.
    pub calm: Option<Calm>,
    /// Milliseconds after the last fault in which everything must be done.
    pub drain_within_ms: Option<u64>,
    /// Milliseconds for which a message may stay hidden after its consumer was shut down.
    pub shutdown_grace_ms: Option<u64>,
    /// Whether the i-th delivery must have the receive count i, not only i or more.
    pub exact_counts: bool,
    /// By how many milliseconds a backend may be late.
    pub slack_ms: u64,
    /// What is too much of retrying.
    pub retries: RetryLimits,
}

impl Default for Expectation {
    fn default() -> Self {
        Self {
            queues: Vec::new(),
            key: KeyRule::default(),
            drained: true,
            tells_effects: false,
            reads_are_effects: false,
            effects_max: 1,
            poison: BTreeSet::new(),
            calm: None,
            drain_within_ms: None,
            shutdown_grace_ms: None,
            exact_counts: false,
            slack_ms: 1_000,
            retries: RetryLimits::default(),
        }
    }
}

impl Expectation {
    /// Of a run on one queue until it was drained; everything else is as usual.
    pub fn new(scene: Scene) -> Self {
        Self { queues: vec![scene], ..Self::default() }
    }
}

/// What the effects of a run are compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Calm {
    /// The effects of the run without faults.
    pub effects: Effects,
    /// What was done differently in the run at hand.
    pub variant: Variant,
}

/// What was done differently in a run that must have the same effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// Faults were injected.
    Faults,
    /// Every delivery came twice: the consumer must be idempotent.
    Doubled,
    /// Deliveries came in another order: effects must commute.
    Permuted,
    /// The consumer crashed and was started anew.
    Crashed,
}

impl Variant {
    /// In words, for witnesses.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Faults => "with faults",
            Self::Doubled => "with every delivery doubled",
            Self::Permuted => "with deliveries in another order",
            Self::Crashed => "with a crash",
        }
    }
}

/// What is too much of retrying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct RetryLimits {
    /// Most calls for each message that was sent, on average; `None` for no limit.
    pub calls_per_message_max: Option<u64>,
    /// Most calls of one operation that one process begins within one millisecond.
    pub calls_at_once_max: u32,
    /// From how many failures in a row on the waits between them count.
    pub failures_in_row: u32,
    /// The least wait between such failures on average, in milliseconds.
    pub wait_ms_min: u64,
}

impl Default for RetryLimits {
    fn default() -> Self {
        Self { calls_per_message_max: None, calls_at_once_max: 50, failures_in_row: 10, wait_ms_min: 50 }
    }
}
