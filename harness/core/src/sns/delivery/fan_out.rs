//! Which subscriptions get a message, and how.

use std::sync::Arc;
use std::time::Duration;

use super::course::{Course, course};
use super::letter::Origin;
use super::policy::InForce;
use super::rendering::Rendering;
use super::schedule::{Late, UnderWay};
use super::transit::Transit;
use crate::sns::{Happening, Protocol, Published, Sns, Subscription, SubscriptionId};

impl Sns {
    /// Delivers what was published, in the order in which it was.
    pub(super) fn fan_out(&mut self, published: &Arc<Published>, transit: &mut Transit<'_>) {
        let Some(topic) = self.topic(published.topic) else { return };
        let subscriptions: Vec<SubscriptionId> = topic.subscriptions().collect();
        let version = topic.signature_version();
        if let Some(archive) = self.registry.topic_mut(published.topic).and_then(|topic| topic.archive.as_mut()) {
            archive.keep(transit.now, Arc::clone(published));
        }
        let mut rendering = Rendering::new(published, version);
        let is_fifo = published.sequence.is_some();
        for id in subscriptions {
            // Order is a promise of FIFO topics, and so is that a message comes once.
            if self.subscription(id).is_some_and(Subscription::is_paused) {
                continue;
            }
            let lag = if is_fifo { Duration::ZERO } else { transit.oracle.delivery_lag() };
            if lag.is_zero() {
                self.deliver_to(id, published, &mut rendering, transit);
            } else {
                self.deliver_after(lag, id, published, false, transit);
            }
            if !is_fifo && let Some(after) = transit.oracle.delivered_again() {
                self.deliver_after(lag + after, id, published, true, transit);
            }
        }
    }

    fn deliver_after(
        &mut self,
        lag: Duration,
        to: SubscriptionId,
        published: &Arc<Published>,
        is_settled: bool,
        transit: &mut Transit<'_>,
    ) {
        let until = transit.now + lag;
        if let Some(subscription) = self.subscription(to) {
            transit.tell(&published.topic_arn, || Happening::Delayed {
                message: published.id,
                subscription: Arc::clone(&subscription.arn),
                until,
            });
        }
        let published = Arc::clone(published);
        self.deliveries.add(until, UnderWay::Late(Late { to, published, is_settled }));
    }

    /// Delivers a message to one subscription that took its time.
    pub(super) fn deliver_late(&mut self, late: &Late, transit: &mut Transit<'_>) {
        let Late { to, published, is_settled } = late;
        let Some(topic) = self.topic(published.topic) else { return };
        let mut rendering = Rendering::new(published, topic.signature_version());
        if *is_settled {
            if self.lets_through(*to, published, &mut rendering, transit) {
                self.deliver_now(*to, published, &mut rendering, transit);
            }
        } else {
            self.deliver_to(*to, published, &mut rendering, transit);
        }
    }

    /// Delivers a message to one subscription, if it is still there, confirmed, and lets the message through.
    pub(super) fn deliver_to(
        &mut self,
        id: SubscriptionId,
        published: &Arc<Published>,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        if !self.lets_through(id, published, rendering, transit) {
            return;
        }
        let subscription = self.subscription(id).expect("it lets the message through");
        let Course { lag, again, is_refused, has_ended, is_flipped } = course(subscription, published, transit);
        if has_ended {
            return self.end_by_fault(id, transit);
        }
        if let Some(after) = again {
            self.deliver_after(lag + after, id, published, true, transit);
        }
        if !lag.is_zero() {
            return self.deliver_after(lag, id, published, true, transit);
        }
        transit.is_refused = is_refused;
        self.flip_raw(id, is_flipped);
        self.deliver_now(id, published, rendering, transit);
        self.flip_raw(id, is_flipped);
        transit.is_refused = false;
    }

    /// Lets a subscription be raw if it is not, and the other way round.
    fn flip_raw(&mut self, id: SubscriptionId, is_flipped: bool) {
        if is_flipped && let Some(subscription) = self.registry.subscription_mut(id) {
            subscription.settings.raw = !subscription.settings.raw;
        }
    }

    /// Whether a subscription is there, confirmed, and lets a message through.
    fn lets_through(
        &self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) -> bool {
        let Some(subscription) = self.subscription(id).filter(|subscription| subscription.is_confirmed()) else {
            return false;
        };
        if !subscription.settings.filter.as_ref().is_none_or(|policy| rendering.passes(policy)) {
            transit.tell(&published.topic_arn, || Happening::Filtered {
                message: published.id,
                subscription: Arc::clone(&subscription.arn),
            });
            return false;
        }
        true
    }

    /// Delivers a message to one subscription that lets it through.
    fn deliver_now(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        if self.topic(published.topic).is_some_and(|topic| topic.protection.is_some()) {
            self.deliver_screened(id, published, rendering, transit);
        } else {
            self.deliver_by_protocol(id, published, rendering, transit);
        }
    }

    /// Delivers a message to one subscription in the way of its protocol.
    pub(super) fn deliver_by_protocol(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        match self.subscription(id).expect("it was just found").protocol {
            Protocol::Sqs => self.deliver_to_queue(id, published, rendering, transit),
            Protocol::Http | Protocol::Https => self.deliver_to_webhook(id, published, rendering, transit),
            Protocol::Lambda => self.deliver_to_function(id, published, rendering, transit),
            Protocol::Sms | Protocol::Application => self.deliver_to_phone(id, published, transit),
            Protocol::Firehose | Protocol::Email | Protocol::EmailJson => {
                self.keep(id, published, rendering, transit);
            }
        }
    }

    /// What is in force for deliveries to a subscription.
    pub(in crate::sns) fn policy_in_force(&self, subscription: &Subscription) -> InForce {
        let topic = self.topic(subscription.topic).and_then(|topic| topic.settings.delivery_policy.as_ref());
        InForce::of(topic, subscription.settings.delivery_policy.as_ref())
    }

    /// Whose message it is.
    pub(super) fn origin(&self, published: &Published) -> Origin {
        let topic = self.topic(published.topic).expect("deliveries end with their topic");
        Origin::new(Arc::clone(&topic.arn), Arc::clone(&topic.owner), Arc::clone(&topic.region))
    }
}
