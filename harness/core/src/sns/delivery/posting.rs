//! Deliveries over HTTP, attempt by attempt.

use std::sync::Arc;
use std::time::Duration;

use super::fallback::Fallback;
use super::policy::Retry;
use super::post::{Attempted, DeliveryId, Post, Verdict};
use super::schedule::UnderWay;
use super::transit::Transit;
use crate::sns::outbox::Entry;
use crate::sns::{Happening, Sns, SubscriptionId};
use crate::{Effect, Timestamp};

/// How long a delivery to a webhook is repeated in all, whatever its policy says.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
pub(super) const WEBHOOK_WITHIN: Duration = Duration::from_hours(1);

/// What a fault answers in the place of a webhook: what stands before a service that is away.
const REFUSED: u16 = 503;

/// A delivery over HTTP.
#[derive(Debug)]
pub(super) struct Posting {
    /// What is sent.
    pub(super) post: Arc<Post>,
    /// To whom.
    pub(super) subscription: SubscriptionId,
    /// How it is repeated.
    pub(super) retry: Retry,
    /// Within which time.
    pub(super) within: Option<Duration>,
    /// Deliveries a second that the subscription gets.
    pub(super) rate: Option<u32>,
    /// What becomes of it in the end; nothing of requests to confirm.
    pub(super) fallback: Option<Fallback>,
    /// Attempts that were made.
    pub(super) attempts: u32,
    /// When the first was made.
    pub(super) first_at: Option<Timestamp>,
    /// Whether a fault refuses each attempt.
    pub(super) is_refused: bool,
}

impl Sns {
    /// Begins a delivery: its first attempt is made when the subscription may get one.
    pub(super) fn post(&mut self, posting: Posting, transit: &mut Transit<'_>) {
        let at = self.deliveries.throttle.slot(transit.now, posting.subscription, posting.rate);
        if at > transit.now {
            transit.tell(&posting.post.topic, || Happening::Delayed {
                message: posting.post.message,
                subscription: Arc::clone(&posting.post.subscription),
                until: at,
            });
        }
        self.deliveries.add(at, UnderWay::Posting(Box::new(posting)));
    }

    /// Makes an attempt, unless the subscription is gone.
    pub(super) fn attempt(&mut self, id: DeliveryId, mut posting: Box<Posting>, transit: &mut Transit<'_>) {
        if posting.fallback.is_some() && self.subscription(posting.subscription).is_none() {
            self.deliveries.throttle.forget(posting.subscription);
            transit.tell(&posting.post.topic, || Happening::Dropped {
                message: posting.post.message,
                subscription: Arc::clone(&posting.post.subscription),
                why: "its subscription is gone".to_owned(),
            });
            return;
        }
        posting.attempts += 1;
        posting.first_at.get_or_insert(transit.now);
        let Posting { post, attempts, .. } = &*posting;
        transit.tell(&post.topic, || Happening::Attempted {
            message: post.message,
            subscription: Arc::clone(&post.subscription),
            endpoint: post.to.to_string(),
            delivery: id,
            attempt: *attempts,
        });
        if posting.is_refused {
            self.deliveries.put_back(id, UnderWay::Posting(posting));
            return self.attempted(id, Attempted::Answered(REFUSED), transit);
        }
        transit.log.effect(Effect::Deliver { delivery: id, post: Arc::clone(&posting.post) });
        self.deliveries.put_back(id, UnderWay::Posting(posting));
    }

    /// Goes on with a delivery after an attempt.
    pub(in crate::sns) fn attempted(&mut self, id: DeliveryId, attempted: Attempted, transit: &mut Transit<'_>) {
        let Some(UnderWay::Posting(posting)) = self.deliveries.take(id) else { return };
        let status = attempted.status();
        match attempted.verdict() {
            Verdict::Kept => {
                self.outbox.push(entry(transit.now, &posting.post));
                tell_delivered(id, &posting, transit);
            }
            Verdict::Delivered => tell_delivered(id, &posting, transit),
            Verdict::Again(why) => match next(&posting, transit) {
                Some(at) => {
                    let at = self.deliveries.throttle.slot(at, posting.subscription, posting.rate);
                    tell_failed((id, &posting), (status, &why), Some(at), transit);
                    self.deliveries.put_back_until(id, UnderWay::Posting(posting), at);
                }
                None => give_up((id, &posting), (status, &why), transit),
            },
            Verdict::Never(why) => give_up((id, &posting), (status, &why), transit),
        }
    }
}

fn give_up((id, posting): (DeliveryId, &Posting), (status, why): (Option<u16>, &str), transit: &mut Transit<'_>) {
    tell_failed((id, posting), (status, why), None, transit);
    match &posting.fallback {
        Some(fallback) => fallback.fall_back(why, transit),
        None => transit.tell(&posting.post.topic, || Happening::Dropped {
            message: posting.post.message,
            subscription: Arc::clone(&posting.post.subscription),
            why: format!("`{}` was not asked to confirm: {why}", posting.post.to),
        }),
    }
}

fn tell_failed(
    (id, posting): (DeliveryId, &Posting),
    (status, why): (Option<u16>, &str),
    again_at: Option<Timestamp>,
    transit: &mut Transit<'_>,
) {
    let Posting { post, attempts, .. } = posting;
    transit.tell(&post.topic, || Happening::Failed {
        message: post.message,
        subscription: Arc::clone(&post.subscription),
        delivery: id,
        attempt: *attempts,
        status,
        why: why.to_owned(),
        again_at,
    });
}

fn tell_delivered(id: DeliveryId, posting: &Posting, transit: &mut Transit<'_>) {
    let Post { message, topic, subscription, to, .. } = &*posting.post;
    transit.tell(topic, || Happening::Delivered {
        message: *message,
        subscription: Arc::clone(subscription),
        endpoint: to.to_string(),
        became: None,
        delivery: Some(id),
        attempt: posting.attempts,
    });
}

/// When the next attempt is due, if there is one.
fn next(posting: &Posting, transit: &mut Transit<'_>) -> Option<Timestamp> {
    let at = transit.now + transit.oracle.retry_delay(posting.retry.delay(posting.attempts)?);
    let first_at = posting.first_at.unwrap_or(transit.now);
    posting.within.is_none_or(|within| at.since(first_at) <= within).then_some(at)
}

fn entry(now: Timestamp, post: &Post) -> Entry {
    Entry {
        at: now,
        protocol: post.protocol,
        endpoint: post.to.to_string(),
        message: post.body.to_string(),
        subject: post.subject.clone(),
        message_id: post.message,
        attributes: post.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        failure: None,
    }
}
