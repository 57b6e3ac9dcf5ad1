//! Quotas: strict as on AWS by default.

/// Quotas that a world keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Messages in flight on a standard queue, 120,000 on AWS.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html>
    pub in_flight_standard: usize,
    /// Messages in flight on a FIFO queue, 120,000 on AWS.
    /// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html>
    pub in_flight_fifo: usize,
    /// Milliseconds for which the name of a deleted queue cannot be used again, 60,000 on AWS; 0 lifts the rule.
    pub name_cooldown_ms: u64,
    /// Milliseconds between two purges of a queue, 60,000 on AWS; 0 lifts the rule.
    pub purge_interval_ms: u64,
    /// Whether a queue lets in other accounts only where its policy says so, as on AWS; false lets everybody in.
    pub policies: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_flight_standard: 120_000,
            in_flight_fifo: 120_000,
            name_cooldown_ms: 60_000,
            purge_interval_ms: 60_000,
            policies: true,
        }
    }
}

impl Limits {
    /// What AWS imposes and a test may find inconvenient, lifted: cooldowns after deletion and purge.
    pub fn relaxed() -> Self {
        Self { name_cooldown_ms: 0, purge_interval_ms: 0, ..Self::default() }
    }
}
