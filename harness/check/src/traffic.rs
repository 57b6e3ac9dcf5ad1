//! Sends, deliveries and removals, read off a history.

mod read;

/// When a call was in the air: it took effect somewhere between its two ends.
///
/// `begin` and `end` are indices of records, which order even what has the same millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Index of the invocation.
    pub(crate) begin: usize,
    /// Index of the answer.
    pub(crate) end: usize,
    /// Millisecond of the invocation.
    pub(crate) begin_ms: u64,
    /// Millisecond of the answer.
    pub(crate) end_ms: u64,
}

impl Span {
    /// Whether this call was over before `other` began.
    pub(crate) fn before(&self, other: &Self) -> bool {
        self.end < other.begin
    }
}

/// A message that was sent, or may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) span: Span,
    pub(crate) body: String,
    pub(crate) group: Option<String>,
    pub(crate) deduplication: Option<String>,
    /// `None` when the answer was lost: the message may or may not have been accepted.
    pub(crate) message_id: Option<String>,
}

/// A message that a receive returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) span: Span,
    pub(crate) process: u32,
    /// Place within the answer.
    pub(crate) index: usize,
    pub(crate) queue: String,
    pub(crate) message_id: String,
    pub(crate) handle: String,
    pub(crate) body: String,
}

/// A deletion or a change of visibility of a delivered message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handled {
    pub(crate) span: Span,
    pub(crate) queue: String,
    pub(crate) handle: String,
    pub(crate) how: How,
    /// Whether it is known to have succeeded.
    pub(crate) acknowledged: bool,
}

/// What was done to a delivered message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// It was deleted.
    Deleted,
    /// Its visibility was changed.
    Changed,
}

/// Everything that a history tells about messages, in the order of the answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Traffic {
    pub(crate) sent: Vec<Sent>,
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) handled: Vec<Handled>,
    /// How many receives got no answer: they may have counted at the backend.
    pub(crate) unanswered_receives: usize,
    /// URLs of queues that were purged or deleted.
    pub(crate) emptied: Vec<String>,
}
