//! Letting deliveries happen: after each call, and when they are due.

use std::sync::Arc;

use super::confirm::Ask;
use super::post::{Attempted, DeliveryId};
use super::schedule::{Late, UnderWay};
use super::transit::Transit;
use crate::Timestamp;
use crate::sns::{Published, Sns};

/// What a call has sent on its way.
#[derive(Debug)]
pub(in crate::sns) enum Outgoing {
    /// A message, to all subscriptions of its topic.
    Published(Arc<Published>),
    /// A message of SNS itself, to one endpoint.
    Ask(Box<Ask>),
    /// A message again, to one subscription that asked for its topic's past.
    Replayed(crate::sns::SubscriptionId, Arc<Published>),
}

impl Sns {
    /// Delivers what calls have sent on its way, and goes on with what is due.
    pub(crate) fn run(&mut self, transit: &mut Transit<'_>) {
        while let Some(outgoing) = self.outgoing.pop_front() {
            match outgoing {
                Outgoing::Published(published) => self.fan_out(&published, transit),
                Outgoing::Ask(ask) => self.ask(&ask, transit),
                Outgoing::Replayed(to, published) => {
                    self.deliver_late(&Late { to, published, is_settled: false }, transit);
                }
            }
        }
        while let Some((_, id, under_way)) = self.deliveries.pop(transit.now) {
            match under_way {
                UnderWay::Posting(posting) => self.attempt(id, posting, transit),
                UnderWay::Late(late) => self.deliver_late(&late, transit),
            }
        }
        transit.sqs.delivered(transit.now, transit.log, transit.oracle);
    }

    /// Goes on with a delivery whose attempt has ended.
    pub(crate) fn end_attempt(&mut self, id: DeliveryId, attempted: Attempted, transit: &mut Transit<'_>) {
        self.attempted(id, attempted, transit);
        self.run(transit);
    }

    /// When [`Self::run`] is due.
    pub(crate) fn next_delivery(&self) -> Option<Timestamp> {
        self.deliveries.next_due()
    }

    /// Whether a delivery over HTTP is under way, attempted or waiting to be repeated.
    pub(crate) fn has_posts(&self) -> bool {
        self.deliveries.has_posts()
    }

    /// Lets everything that takes its time be delivered when [`Self::run`] is next called.
    pub(crate) fn hasten(&mut self, now: Timestamp) {
        self.deliveries.hasten(now);
    }

    /// Deliveries that are not over yet.
    pub(crate) fn under_way(&self) -> usize {
        self.deliveries.len()
    }

    /// What left the world by ways that nobody plays here, the oldest first.
    pub(crate) fn outbox(&self) -> impl Iterator<Item = &crate::sns::Entry> {
        self.outbox.entries()
    }
}
