//! What must hold over everything that a workload saw.

words! {
    /// A property of a whole workload.
    #[derive(PartialOrd, Ord)]
    pub enum Invariant: "invariant" {
        AtLeastOnce = "at-least-once": "every message sent was received",
        ExactlyOnceInWindow = "exactly-once-in-window": "no message was delivered to two receives unless its visibility timeout had run out or it was released, and no duplicate send was delivered",
        GroupOrder = "group-order": "within a group, first deliveries come in the order of sending, and a message is not delivered while an earlier one of its group is in flight elsewhere",
        DeadLetterAfterN = "dead-letter-after-n": "a message reached the dead-letter queue exactly if it was received maxReceiveCount times without being deleted",
        PrefixLostWrite = "prefix-lost-write": "readers of a shard see every record up to the last that they saw, and all of it before they go on with its children",
        PollSkip = "poll-skip": "successive answers of one chain of iterators leave out no record",
        NonmonotonicPoll = "nonmonotonic-poll": "successive answers of one chain of iterators never go back",
        PutDuplicate = "put-duplicate": "a record is there more than once only if its put was tried more than once, and what was accepted is not put again with what failed",
        ParentBeforeChild = "parent-before-child": "the records of a shard are read after those of the shards that it came of",
        KeyOrderAcrossReshard = "key-order-across-reshard": "the records of a partition key are read in the order of putting, whatever shards they went to",
        SameReplay = "same-replay": "whatever is read again comes again, from the position that was asked for, unchanged and in the same order",
        ShardLimits = "shard-limits": "no shard takes or gives more than it may",
        NoInvention = "no-invention": "nothing was received that had not been sent, unchanged",
    }
}
