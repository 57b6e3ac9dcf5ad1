//! What a workload has to go through to prove something.

words! {
    /// Stress without which a workload proves nothing; when it never happened the case is vacuous.
    #[derive(PartialOrd, Ord)]
    pub enum Stress: "stress" {
        Redelivery = "redelivery": "a message was received more than once",
        ConcurrentConsumers = "concurrent-consumers": "two consumers held messages at the same time",
        DeadLetter = "dead-letter": "a message reached the dead-letter queue",
        Resharding = "resharding": "records were read from a shard that was closed and from its children",
        Throttling = "throttling": "a put or a read was refused because of a limit of throughput",
        DuplicateSend = "duplicate-send": "a message was sent again with the same deduplication id",
    }
}
