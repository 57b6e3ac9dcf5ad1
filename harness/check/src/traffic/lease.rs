//! For how long a delivery hides its message.

use super::{Delivery, How, Outcome, Traffic};
use crate::Scene;
use crate::mutation::mutated;

/// Of messages that were delivered more often than this nothing is certain.
const HANDLES_MAX: usize = 64;

/// The part of a lease that is certain, whenever within their spans the calls took effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lease {
    /// The message is hidden before this millisecond.
    pub(crate) until_ms: u64,
    /// And before this record, at which a change of visibility may have ended it.
    pub(crate) until: usize,
    /// The message is in flight before this record, at which a deletion may have begun to count.
    pub(crate) deleted: usize,
}

impl Lease {
    /// Whether the message was certainly hidden when a call ended at this record and millisecond.
    pub(crate) fn hides(&self, end: usize, end_ms: u64) -> bool {
        end < self.until && end_ms < self.until_ms
    }

    /// Whether the message was certainly in flight when a call ended at this record and millisecond.
    pub(crate) fn in_flight(&self, end: usize, end_ms: u64) -> bool {
        end < self.deleted && self.hides(end, end_ms)
    }
}

impl Traffic<'_> {
    /// Everything that was done with the handle of a delivery, in the order of the answers.
    pub(crate) fn handled_of(&self, delivery: &Delivery<'_>) -> impl Iterator<Item = &super::Handled> {
        std::iter::successors(delivery.handled, |&at| self.handled[at].next).map(|at| &self.handled[at])
    }

    /// The certain part of the lease of a delivery.
    pub(crate) fn certain_lease(&self, delivery: &Delivery<'_>, scene: &Scene) -> Lease {
        let timeout_ms = delivery.visibility_ms.unwrap_or(scene.visibility_ms);
        let span = delivery.span;
        let from_ms = if mutated("lease: it begins with the answer") { span.end_ms } else { span.begin_ms };
        let mut lease = Lease { until_ms: from_ms.saturating_add(timeout_ms), until: usize::MAX, deleted: usize::MAX };
        let message = &self.messages[delivery.message];
        if message.expired {
            lease.until_ms = span.begin_ms;
        }
        // What was done with other handles of the message counts as well.
        let all = std::iter::successors(message.first, |&at| self.deliveries[at].next);
        let others = all.take(HANDLES_MAX + 1).map(|at| &self.deliveries[at]).enumerate();
        for (number, other) in
            others.filter(|(_, other)| !(other.span == delivery.span && other.handled == delivery.handled))
        {
            if number == HANDLES_MAX {
                lease.until = span.end;
            }
            let later =
                self.handled_of(other).filter(|one| one.outcome != Outcome::Refused && one.span.end > span.begin);
            for one in later {
                let end = if one.how == How::Deleted { &mut lease.deleted } else { &mut lease.until };
                *end = one.span.begin.min(*end);
            }
        }
        for one in self.handled_of(delivery) {
            match (one.how, one.outcome) {
                (_, Outcome::Refused) => {}
                (How::Changed(_), _) if mutated("lease: changes are not seen") => {}
                (How::Deleted, _) => lease.deleted = lease.deleted.min(one.span.begin),
                (How::Changed(ms), Outcome::Done) if lease.hides(one.span.end, one.span.end_ms) => {
                    lease.until_ms = one.span.begin_ms.saturating_add(ms);
                }
                (How::Changed(_), _) => lease.until = lease.until.min(one.span.begin),
            }
        }
        lease
    }

    /// The last millisecond at which the lease of a delivery can end, and for each stretch in which it had certainly ended
    /// before it was renewed, when that began and ended.
    pub(crate) fn possible_lease(&self, delivery: &Delivery<'_>, scene: &Scene) -> (Vec<(u64, u64)>, u64) {
        let timeout_ms = delivery.visibility_ms.unwrap_or(scene.visibility_ms);
        let mut until_ms = delivery.span.end_ms.saturating_add(timeout_ms);
        let mut gaps = Vec::new();
        for one in self.handled_of(delivery) {
            if one.outcome == Outcome::Refused || mutated("lease: renewals are not seen") {
                continue;
            }
            if one.span.begin_ms > until_ms {
                gaps.push((until_ms, one.span.begin_ms));
            }
            until_ms = match (one.how, one.outcome) {
                // After a deletion there is nothing left to hide.
                (How::Deleted, _) => u64::MAX,
                (How::Changed(ms), Outcome::Done) => one.span.end_ms.saturating_add(ms),
                (How::Changed(ms), _) => until_ms.max(one.span.end_ms.saturating_add(ms)),
            };
        }
        (gaps, until_ms)
    }
}
