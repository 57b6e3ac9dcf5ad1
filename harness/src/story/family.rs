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
    /// Anything else.
    Other,
}

impl Family {
    /// Of a property's name.
    pub(crate) fn of(property: &str) -> Self {
        match property {
            "effect-once"
            | "same-effects"
            | "at-most-once"
            | "exactly-once"
            | "exactly-once-in-window"
            | "crash-equivalence"
            | "metamorphic-idempotency"
            | "idempotent"
            | "dedup-window"
            | "put-duplicate" => Self::Twice,
            "no-loss"
            | "effect-lost"
            | "at-least-once"
            | "ack-after-effect"
            | "pointer-integrity"
            | "no-innocent-in-dlq"
            | "no-innocent-in-dead-letter"
            | "fan-out-completeness" => Self::Lost,
            "fifo-effect-order"
            | "fifo-delivery-order"
            | "group-order"
            | "effect-order"
            | "metamorphic-commutativity" => Self::Order,
            "lease-containment" | "no-overlapping-handlers" | "no-overlap" | "group-exclusivity" | "stale-handle" => {
                Self::Overlap
            }
            "poison-isolation" | "liveness" | "drained" | "live-lock" | "drain" | "liveness-drain"
            | "retry-discipline" => Self::Stuck,
            "batch-accounting" | "recovered-accounting" | "receive-count" => Self::Account,
            _ => Self::Other,
        }
    }
}
