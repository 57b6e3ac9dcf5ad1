//! A call to a table of leases as chaos sees it, and what faults do to it.
//!
//! Consumers of streams keep in such a table who reads which shard, and how far he is. The table is not a service that is called here: who
//! has one asks [`Chaos::table`](crate::Chaos::table) before each call.

use std::time::Duration;

/// A call to a table of leases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCall<'a> {
    /// What is asked for.
    pub operation: TableOperation,
    /// Id of the shard whose lease it is about.
    pub shard: &'a str,
    /// Who asks.
    pub worker: &'a str,
}

/// What a table of leases is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableOperation {
    /// A lease that is free, or that another worker has.
    Take,
    /// More time for a lease that the worker has.
    Renew,
    /// That the worker has come so far.
    Checkpoint,
}

impl TableOperation {
    /// The word that stands for it where calls have their operation.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Take => "Take",
            Self::Renew => "Renew",
            Self::Checkpoint => "Checkpoint",
        }
    }
}

/// What faults do to a call to a table of leases. Default: nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turned {
    /// How much later than otherwise it reaches the table.
    pub late: Duration,
    /// What becomes of it then.
    pub fate: Fate,
}

/// What becomes of a call to a table of leases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fate {
    /// What is asked for.
    #[default]
    Served,
    /// It fails without effect, by no fault of the caller's.
    Fails,
    /// It has its effect, and the caller gets no answer.
    ReplyLost,
    /// Another worker takes the lease just before, so that its condition does not hold.
    Stolen,
}

impl Turned {
    /// What becomes of a call that is not late.
    pub(crate) const fn to(fate: Fate) -> Self {
        Self { late: Duration::ZERO, fate }
    }

    /// Both, one after the other; a call has only one fate, the earlier.
    pub(crate) fn and(self, next: Self) -> Self {
        Self { late: self.late + next.late, fate: if self.fate == Fate::Served { next.fate } else { self.fate } }
    }
}
