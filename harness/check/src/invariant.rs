//! The invariants by name.

/// A property that a history has when backend and consumer do as they should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// Every message whose send was acknowledged was received.
    AtLeastOnce,
    /// A FIFO queue delivers no message while an earlier delivery hides it or after its deletion, and of the sends with one deduplication id within five minutes one.
    ExactlyOnceInWindow,
    /// First deliveries of a message group come in the order of sending, and none while an earlier message of the group is in flight.
    GroupOrder,
    /// A message reaches the dead-letter queue exactly if it was received `maxReceiveCount` times without being deleted.
    DeadLetterAfterN,
    /// Nothing is received that was not sent, and bodies are unchanged.
    NoInvention,
    /// Every message whose send was acknowledged had its effect, unless it expired or was dead-lettered.
    NoLoss,
    /// No business key has more effects than it may have.
    EffectOnce,
    /// Every effect and every delivery belongs to a message that was sent to that queue.
    NoPhantom,
    /// A send that was refused had no effect; one without an answer may have had it.
    Recovered,
    /// The run has the same effects as the calm run.
    SameEffects,
    /// A message is deleted after its effect, never before.
    AckAfterEffect,
    /// A handler works on a message only while its lease lasts.
    LeaseContainment,
    /// No two handlers work on one business key at the same time.
    NoOverlap,
    /// First deliveries of a message group come in the order of sequence numbers.
    DeliveryOrder,
    /// First effects of a message group come in the order of sending, without a gap.
    EffectOrder,
    /// While a message is in flight, no other receive gets a message of its group.
    GroupExclusive,
    /// Each message group behaves as one queue.
    LinearizableFifo,
    /// Sends with one deduplication id within five minutes become one message, later ones another.
    DeduplicationWindow,
    /// A delivered message is hidden until its lease ends, and comes back then.
    VisibilityExact,
    /// The i-th delivery has a receive count of i or more, and it never falls.
    ReceiveCount,
    /// Only messages that a handler failed on by themselves reach the dead-letter queue.
    NoInnocentDeadLetter,
    /// Messages that cannot be handled are dead-lettered and hold up nothing else.
    PoisonIsolated,
    /// Sequence numbers of a message group grow in the order of sending.
    SequenceMonotone,
    /// A message id stands for one body, one group and one sequence number in all reads.
    RecordIdentity,
    /// Every entry of a batch is answered once, and what failed is tried again or told.
    BatchAccounting,
    /// No receipt handle is used after the same process received a newer one.
    StaleHandle,
    /// No object is deleted while a message that points to it is still in the queue.
    PointerIntegrity,
    /// Calls are tried again in measure, with waits in between.
    RetryDiscipline,
    /// After the last fault everything is done in time, every worker goes on, and a shutdown leaves nothing hidden.
    Drained,
    /// Every message that a topic accepted reaches every subscription that wants it.
    FanOutComplete,
    /// No message arrives through a subscription whose filter policy does not match it.
    FilteredNeverDelivered,
    /// Every subscriber of a FIFO topic gets each message group in one order, that of sequence numbers.
    FifoOrderEqual,
    /// Deliveries over HTTP are repeated as the delivery policy says.
    RetrySchedule,
    /// A delivery is given up only after its last attempt, or after a refusal that no repetition mends.
    DeadLetterAfterLastAttempt,
    /// A checkpoint of a shard is written after the effects of all records up to it, never before.
    CheckpointAfterEffect,
    /// Checkpoints of a shard never go back, and none is accepted from a worker whose lease another has taken.
    CheckpointFenced,
    /// Readers of a shard see every accepted record up to the last that they saw, and all of it before they go on with its children.
    PrefixLostWrite,
    /// Successive answers of one chain of iterators leave out no record.
    PollSkip,
    /// Successive answers of one chain of iterators never go back.
    NonmonotonicPoll,
    /// A record is there more than once only if its put was tried more than once, and what was accepted is not put again with what failed.
    PutDuplicate,
    /// The records of a shard are handled after those of the shards that it came of.
    ParentBeforeChild,
    /// First effects for one partition key come in the order of putting, whatever shards its records went to.
    KeyOrderAcrossReshard,
}

/// Whose fault a breach is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The service's.
    Backend,
    /// The consumer's.
    Consumer,
    /// Either's: the witness tells.
    Both,
}

impl Invariant {
    /// All invariants.
    pub const ALL: [Self; 42] = [
        Self::AtLeastOnce,
        Self::ExactlyOnceInWindow,
        Self::GroupOrder,
        Self::DeadLetterAfterN,
        Self::NoInvention,
        Self::NoLoss,
        Self::EffectOnce,
        Self::NoPhantom,
        Self::Recovered,
        Self::SameEffects,
        Self::AckAfterEffect,
        Self::LeaseContainment,
        Self::NoOverlap,
        Self::DeliveryOrder,
        Self::EffectOrder,
        Self::GroupExclusive,
        Self::LinearizableFifo,
        Self::DeduplicationWindow,
        Self::VisibilityExact,
        Self::ReceiveCount,
        Self::NoInnocentDeadLetter,
        Self::PoisonIsolated,
        Self::SequenceMonotone,
        Self::RecordIdentity,
        Self::BatchAccounting,
        Self::StaleHandle,
        Self::PointerIntegrity,
        Self::RetryDiscipline,
        Self::Drained,
        Self::FanOutComplete,
        Self::FilteredNeverDelivered,
        Self::FifoOrderEqual,
        Self::RetrySchedule,
        Self::DeadLetterAfterLastAttempt,
        Self::CheckpointAfterEffect,
        Self::CheckpointFenced,
        Self::PrefixLostWrite,
        Self::PollSkip,
        Self::NonmonotonicPoll,
        Self::PutDuplicate,
        Self::ParentBeforeChild,
        Self::KeyOrderAcrossReshard,
    ];

    /// Its name in specs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::AtLeastOnce => "at-least-once",
            Self::ExactlyOnceInWindow => "exactly-once-in-window",
            Self::GroupOrder => "group-order",
            Self::DeadLetterAfterN => "dead-letter-after-n",
            Self::NoInvention => "no-invention",
            Self::NoLoss => "no-loss",
            Self::EffectOnce => "effect-once",
            Self::NoPhantom => "no-phantom",
            Self::Recovered => "recovered",
            Self::SameEffects => "same-effects",
            Self::AckAfterEffect => "ack-after-effect",
            Self::LeaseContainment => "lease-containment",
            Self::NoOverlap => "no-overlap",
            Self::DeliveryOrder => "delivery-order",
            Self::EffectOrder => "effect-order",
            Self::GroupExclusive => "group-exclusive",
            Self::LinearizableFifo => "linearizable-fifo",
            Self::DeduplicationWindow => "deduplication-window",
            Self::VisibilityExact => "visibility-exact",
            Self::ReceiveCount => "receive-count",
            Self::NoInnocentDeadLetter => "no-innocent-dead-letter",
            Self::PoisonIsolated => "poison-isolated",
            Self::SequenceMonotone => "sequence-monotone",
            Self::RecordIdentity => "record-identity",
            Self::BatchAccounting => "batch-accounting",
            Self::StaleHandle => "stale-handle",
            Self::PointerIntegrity => "pointer-integrity",
            Self::RetryDiscipline => "retry-discipline",
            Self::Drained => "drained",
            Self::FanOutComplete => "fan-out-complete",
            Self::FilteredNeverDelivered => "filtered-never-delivered",
            Self::FifoOrderEqual => "fifo-order-equal",
            Self::RetrySchedule => "retry-schedule",
            Self::DeadLetterAfterLastAttempt => "dead-letter-after-last-attempt",
            Self::CheckpointAfterEffect => "checkpoint-after-effect",
            Self::CheckpointFenced => "checkpoint-fenced",
            Self::PrefixLostWrite => "prefix-lost-write",
            Self::PollSkip => "poll-skip",
            Self::NonmonotonicPoll => "nonmonotonic-poll",
            Self::PutDuplicate => "put-duplicate",
            Self::ParentBeforeChild => "parent-before-child",
            Self::KeyOrderAcrossReshard => "key-order-across-reshard",
        }
    }

    /// What it says, a lowercase sentence without a full stop.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::AtLeastOnce => "every message whose send was acknowledged was received",
            Self::ExactlyOnceInWindow => {
                "a FIFO queue delivers no message while an earlier delivery hides it or after its deletion, and of the sends with one deduplication id within five minutes one"
            }
            Self::GroupOrder => {
                "first deliveries of a message group come in the order of sending, and none while an earlier message of the group is in flight"
            }
            Self::DeadLetterAfterN => {
                "a message reaches the dead-letter queue exactly if it was received `maxReceiveCount` times without being deleted"
            }
            Self::NoInvention => "nothing is received that was not sent, and bodies are unchanged",
            Self::NoLoss => {
                "every message whose send or publish was acknowledged had its effect, unless it expired or was dead-lettered"
            }
            Self::EffectOnce => "no business key has more effects than it may have",
            Self::NoPhantom => "every effect and every delivery belongs to a message that was sent to that queue",
            Self::Recovered => "a send that was refused had no effect; one without an answer may have had it",
            Self::SameEffects => "the run has the same effects as the calm run",
            Self::AckAfterEffect => "a message is deleted after its effect, never before",
            Self::LeaseContainment => "a handler works on a message only while its lease lasts",
            Self::NoOverlap => "no two handlers work on one business key at the same time",
            Self::DeliveryOrder => "first deliveries of a message group come in the order of sequence numbers",
            Self::EffectOrder => "first effects of a message group come in the order of sending, without a gap",
            Self::GroupExclusive => "while a message is in flight, no other receive gets a message of its group",
            Self::LinearizableFifo => "each message group behaves as one queue",
            Self::DeduplicationWindow => {
                "sends with one deduplication id within five minutes become one message, later ones another"
            }
            Self::VisibilityExact => "a delivered message is hidden until its lease ends, and comes back then",
            Self::ReceiveCount => "the i-th delivery has a receive count of i or more, and it never falls",
            Self::NoInnocentDeadLetter => {
                "only messages that a handler failed on by themselves reach the dead-letter queue"
            }
            Self::PoisonIsolated => "messages that cannot be handled are dead-lettered and hold up nothing else",
            Self::SequenceMonotone => "sequence numbers of a message group grow in the order of sending",
            Self::RecordIdentity => "a message id stands for one body, one group and one sequence number in all reads",
            Self::BatchAccounting => "every entry of a batch is answered once, and what failed is tried again or told",
            Self::StaleHandle => "no receipt handle is used after the same process received a newer one",
            Self::PointerIntegrity => "no object is deleted while a message that points to it is still in the queue",
            Self::RetryDiscipline => "calls are tried again in measure, with waits in between",
            Self::Drained => {
                "after the last fault everything is done in time, every worker goes on, and a shutdown leaves nothing hidden"
            }
            Self::FanOutComplete => "every message that a topic accepted reaches every subscription that wants it",
            Self::FilteredNeverDelivered => {
                "no message arrives through a subscription whose filter policy does not match it"
            }
            Self::FifoOrderEqual => {
                "every subscriber of a FIFO topic gets each message group in one order, that of sequence numbers"
            }
            Self::RetrySchedule => "deliveries over HTTP are repeated as the delivery policy says",
            Self::DeadLetterAfterLastAttempt => {
                "a delivery is given up only after its last attempt, or after a refusal that no repetition mends"
            }
            Self::CheckpointAfterEffect => "a checkpoint is written after the effects of all records up to it",
            Self::CheckpointFenced => "checkpoints never go back, and none is accepted from a former owner of a lease",
            Self::PrefixLostWrite => {
                "readers of a shard see every accepted record up to the last that they saw, and all of it before they go on with its children"
            }
            Self::PollSkip => "successive answers of one chain of iterators leave out no record",
            Self::NonmonotonicPoll => "successive answers of one chain of iterators never go back",
            Self::PutDuplicate => {
                "a record is there no more often than its put was tried, and none is put again needlessly"
            }
            Self::ParentBeforeChild => "the records of a shard are handled after those of the shards that it came of",
            Self::KeyOrderAcrossReshard => "first effects for one partition key come in the order of putting",
        }
    }

    /// Whose fault a breach is.
    pub fn subject(self) -> Subject {
        match self {
            Self::AtLeastOnce
            | Self::ExactlyOnceInWindow
            | Self::GroupOrder
            | Self::DeadLetterAfterN
            | Self::NoInvention
            | Self::Recovered
            | Self::DeliveryOrder
            | Self::GroupExclusive
            | Self::LinearizableFifo
            | Self::DeduplicationWindow
            | Self::VisibilityExact
            | Self::ReceiveCount
            | Self::SequenceMonotone
            | Self::RecordIdentity
            | Self::FanOutComplete
            | Self::FilteredNeverDelivered
            | Self::FifoOrderEqual
            | Self::RetrySchedule
            | Self::DeadLetterAfterLastAttempt
            | Self::PollSkip
            | Self::NonmonotonicPoll => Subject::Backend,
            Self::NoLoss
            | Self::EffectOnce
            | Self::SameEffects
            | Self::AckAfterEffect
            | Self::LeaseContainment
            | Self::NoOverlap
            | Self::EffectOrder
            | Self::NoInnocentDeadLetter
            | Self::PoisonIsolated
            | Self::StaleHandle
            | Self::PointerIntegrity
            | Self::RetryDiscipline
            | Self::Drained
            | Self::CheckpointAfterEffect
            | Self::CheckpointFenced
            | Self::PrefixLostWrite
            | Self::ParentBeforeChild
            | Self::KeyOrderAcrossReshard => Subject::Consumer,
            Self::NoPhantom | Self::BatchAccounting | Self::PutDuplicate => Subject::Both,
        }
    }

    /// The invariant of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|invariant| invariant.name() == name)
    }
}
