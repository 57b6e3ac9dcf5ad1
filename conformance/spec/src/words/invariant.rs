//! What must hold over everything that a workload saw.

words! {
    /// A property of a whole workload.
    #[derive(PartialOrd, Ord)]
    pub enum Invariant: "invariant" {
        AtLeastOnce = "at-least-once": "every message sent was received",
        ExactlyOnceInWindow = "exactly-once-in-window": "no message was delivered to two receives unless its visibility timeout had run out or it was released, and no duplicate send was delivered",
        GroupOrder = "group-order": "within a group, first deliveries come in the order of sending, and a message is not delivered while an earlier one of its group is in flight elsewhere",
        DeadLetterAfterN = "dead-letter-after-n": "a message reached the dead-letter queue exactly if it was received maxReceiveCount times without being deleted",
        SameReplay = "same-replay": "whatever is read again comes again, from the position that was asked for, unchanged and in the same order",
        ShardLimits = "shard-limits": "no shard takes or gives more than it may",
        NoInvention = "no-invention": "nothing was received that had not been sent, unchanged",
    }
}
