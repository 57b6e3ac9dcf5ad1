//! Producers, consumers and what is checked of what they saw.

use std::time::Duration;

use crate::{Invariant, Stress};

/// Producers and consumers that run at the same time.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkloadStep {
    /// URL of the queue; may hold variables.
    pub queue: String,
    /// Who sends what.
    pub produce: Produce,
    /// Who receives how.
    pub consume: Consume,
    /// URL of the dead-letter queue, drained at the end; may hold variables.
    pub dead_letter: Option<String>,
    /// The workload ends at the latest after this time.
    pub within: Duration,
    /// What must hold.
    pub invariants: Vec<Invariant>,
    /// The stress without which it proves nothing.
    pub expects: Vec<Stress>,
}

/// Who sends what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Produce {
    /// How many send at the same time.
    pub producers: u32,
    /// Distinct messages in all.
    pub messages: u32,
    /// Message groups that they are spread over; 0: no `MessageGroupId`.
    pub groups: u32,
    /// Whether to send in batches of ten.
    pub batch: bool,
    /// Sends repeated with the same deduplication id.
    pub duplicates: u32,
}

impl Default for Produce {
    fn default() -> Self {
        Self { producers: 1, messages: 0, groups: 0, batch: false, duplicates: 0 }
    }
}

/// Who receives how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consume {
    /// How many receive at the same time.
    pub consumers: u32,
    /// `MaxNumberOfMessages`.
    pub batch: u32,
    /// `WaitTimeSeconds`, a whole number of seconds.
    pub wait: Duration,
    /// `VisibilityTimeout` of each receive, a whole number of seconds; the queue's when absent.
    pub visibility: Option<Duration>,
    /// What is received and not deleted.
    pub abandon: Option<Abandon>,
    /// Whether an abandoned message is given back at once instead of waiting for its timeout.
    pub release: bool,
}

impl Default for Consume {
    fn default() -> Self {
        Self { consumers: 1, batch: 10, wait: Duration::from_secs(1), visibility: None, abandon: None, release: false }
    }
}

/// Which received messages are not deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Abandon {
    /// Every N-th message that a consumer receives, counted for each consumer from 1.
    Every(u32),
    /// Messages whose body matches this regular expression, which may hold variables.
    Body(String),
}
