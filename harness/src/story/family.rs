//! Properties that break in the same way.

/// What a broken property comes to for a consumer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// Something was done more often than it should.
    Twice,
    /// Something was never done.
    Lost,
    /// Things were done in the wrong order.
    Order,
    /// Two workers had the same thing, or one had it without a lease.
    Overlap,
    /// The run does not come to its end.
    Stuck,
    /// What was counted or reported is wrong.
    Account,
    /// The queue service did what it must not.
    Backend,
    /// Anything else.
    Other,
}

impl Family {
    /// Of a property's name.
    pub(crate) fn of(property: &str) -> Self {
        match property {
            "effect-once" | "same-effects" | "exactly-once-in-window" => Self::Twice,
            "no-loss"
            | "prefix-lost-write"
            | "checkpoint-after-effect"
            | "at-least-once"
            | "effect-lost"
            | "ack-after-effect"
            | "pointer-integrity"
            | "no-innocent-dead-letter" => Self::Lost,
            "effect-order" | "group-order" | "parent-before-child" | "key-order-across-reshard" => Self::Order,
            "lease-containment" | "no-overlap" | "stale-handle" | "checkpoint-fenced" => Self::Overlap,
            "poison-isolated" | "drained" | "live-lock" | "retry-discipline" => Self::Stuck,
            "batch-accounting" | "recovered" | "put-duplicate" => Self::Account,
            "dead-letter-after-n"
            | "no-invention"
            | "no-phantom"
            | "delivery-order"
            | "group-exclusive"
            | "linearizable-fifo"
            | "deduplication-window"
            | "visibility-exact"
            | "receive-count"
            | "sequence-monotone"
            | "record-identity"
            | "fan-out-complete"
            | "filtered-never-delivered"
            | "fifo-order-equal"
            | "retry-schedule"
            | "poll-skip"
            | "nonmonotonic-poll"
            | "dead-letter-after-last-attempt" => Self::Backend,
            _ => Self::Other,
        }
    }
}
