//! One thing that happened, in words.

/// What sort of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A message was sent, or not.
    Send,
    /// A message was delivered.
    Receive,
    /// A message was hidden for a receiver that does not know.
    Lost,
    /// A message was deleted, or not.
    Delete,
    /// A lease was made longer or given back.
    Change,
    /// A handler began, ended or gave up.
    Handler,
    /// A consumer did something to the outside world.
    Effect,
    /// A fault was injected.
    Fault,
    /// A message became visible again.
    LeaseEnd,
    /// A worker was killed, started or stopped.
    Life,
    /// Something else happened to a message inside the backend.
    Event,
    /// A reader took its place in a shard or noted it, or the shards changed.
    Place,
    /// Any other call.
    Call,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) at_ms: u64,
    /// Index of the record that tells it.
    pub(crate) record: usize,
    /// Whose it is; `None` for the backend.
    pub(crate) process: Option<u32>,
    pub(crate) kind: Kind,
    /// The message that it is about.
    pub(crate) message: Option<usize>,
    /// The business key that it is about.
    pub(crate) key: Option<String>,
    /// What happened, a clause in the present tense.
    pub(crate) text: String,
    /// Faults that made it so, `lost-reply (S24)`.
    pub(crate) faults: Vec<String>,
    /// Whether it did not go as it should.
    pub(crate) trouble: bool,
    /// Whether it had no effect, as far as the history tells.
    pub(crate) futile: bool,
}
