//! What is under way, and when it goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::post::DeliveryId;
use super::posting::Posting;
use super::throttle::Throttle;
use crate::Timestamp;
use crate::sns::{Published, SubscriptionId};

/// What is under way.
#[derive(Debug, Default)]
pub(in crate::sns) struct Deliveries {
    under_way: BTreeMap<DeliveryId, UnderWay>,
    due: BTreeSet<(Timestamp, DeliveryId)>,
    /// Who is held back.
    pub(super) throttle: Throttle,
    postings: usize,
    last: u64,
}

/// A delivery that is not over yet.
#[derive(Debug)]
pub(super) enum UnderWay {
    /// Over HTTP: attempted, or waiting for its next attempt.
    Posting(Box<Posting>),
    /// Of a message that takes its time, to one subscription.
    Late(Late),
}

/// A delivery that takes its time.
#[derive(Debug)]
pub(super) struct Late {
    /// To whom.
    pub(super) to: SubscriptionId,
    /// What.
    pub(super) published: Arc<Published>,
    /// Whether its course is settled.
    pub(super) is_settled: bool,
}

impl Deliveries {
    /// Lets everything that takes its time go on at `now`.
    pub(super) fn hasten(&mut self, now: Timestamp) {
        let is_late = |id| matches!(self.under_way.get(id), Some(UnderWay::Late(_)));
        self.due = self.due.iter().map(|(at, id)| (if is_late(id) { now.min(*at) } else { *at }, *id)).collect();
    }

    /// When the next delivery goes on.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(at, _)| *at)
    }

    /// Whether a delivery over HTTP is under way.
    pub(super) fn has_posts(&self) -> bool {
        self.postings > 0
    }

    /// How many are under way.
    pub(super) fn len(&self) -> usize {
        self.under_way.len()
    }

    /// Takes a delivery that goes on at `at`.
    pub(super) fn add(&mut self, at: Timestamp, delivery: UnderWay) {
        self.last += 1;
        let id = DeliveryId(self.last);
        self.put_back(id, delivery);
        self.due.insert((at, id));
    }

    /// The first delivery that goes on by `now`, taken out.
    pub(super) fn pop(&mut self, now: Timestamp) -> Option<(Timestamp, DeliveryId, UnderWay)> {
        let &(at, id) = self.due.first().filter(|(at, _)| *at <= now)?;
        self.due.remove(&(at, id));
        let delivery = self.take(id).expect("what is due is under way");
        Some((at, id, delivery))
    }

    /// Takes a delivery out that an attempt is made of, unless it is over.
    pub(super) fn take(&mut self, id: DeliveryId) -> Option<UnderWay> {
        let delivery = self.under_way.remove(&id)?;
        self.postings -= usize::from(matches!(delivery, UnderWay::Posting(_)));
        Some(delivery)
    }

    /// Puts a delivery back that was taken out: an attempt is made of it.
    pub(super) fn put_back(&mut self, id: DeliveryId, delivery: UnderWay) {
        self.postings += usize::from(matches!(delivery, UnderWay::Posting(_)));
        self.under_way.insert(id, delivery);
    }

    /// As [`Self::put_back`], and it goes on at `at`.
    pub(super) fn put_back_until(&mut self, id: DeliveryId, delivery: UnderWay, at: Timestamp) {
        self.put_back(id, delivery);
        self.due.insert((at, id));
    }
}
