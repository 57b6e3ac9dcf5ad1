//! The faults of a world's own deliveries.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use redeliver_chaos::{Attributes, Delivery, DeliveryMoment, Turning};
use redeliver_core::sns::{Course, Destination, Falling, Passing, Post};
use redeliver_core::{Change, Oracle, Poll};

use super::SharedChaos;

/// The faults of a world's own deliveries, which are those of the calls to it; none until they are put there. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeliveryFaults(Arc<Mutex<Option<SharedChaos>>>);

impl DeliveryFaults {
    /// These faults from here on.
    pub(crate) fn put(&self, chaos: SharedChaos) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(chaos);
    }

    /// What happens to an attempt over HTTP.
    pub(crate) fn at(&self, post: &Post) -> Option<Turning> {
        // Requests to confirm are no messages.
        let is_notice = |(name, kind): &(&str, String)| *name == "x-amz-sns-message-type" && kind == "Notification";
        let Destination::Url(url) = &post.to else { return None };
        if !post.headers.iter().any(is_notice) {
            return None;
        }
        let delivery = Delivery {
            moment: DeliveryMoment::Attempted,
            topic: &post.topic,
            endpoint: url,
            protocol: post.protocol,
            has_dead_letters: false,
            body: &post.body,
            attribute: &(),
            group: None,
        };
        self.turn(&delivery).into_iter().next()
    }

    fn turn(&self, delivery: &Delivery<'_>) -> Vec<Turning> {
        let chaos = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(chaos) = chaos else { return Vec::new() };
        let now = chaos.passed();
        chaos.lock().turn(delivery, now)
    }
}

/// An oracle with faults of deliveries. Every other question is for the oracle.
pub(crate) struct Faulty<'a> {
    pub(crate) oracle: &'a mut dyn Oracle,
    pub(crate) faults: &'a DeliveryFaults,
}

impl Oracle for Faulty<'_> {
    fn course(&mut self, passing: &Passing<'_>) -> Course {
        let mut course = self.oracle.course(passing);
        let attributes = Texts(passing);
        let delivery = Delivery {
            moment: DeliveryMoment::Begins,
            topic: passing.topic,
            endpoint: passing.endpoint,
            protocol: passing.protocol,
            has_dead_letters: passing.has_dead_letters,
            body: passing.body,
            attribute: &attributes,
            group: passing.group,
        };
        for turning in self.faults.turn(&delivery) {
            match turning {
                Turning::Late(lag) => course.lag += lag,
                Turning::Again(after) => course.again = Some(after),
                Turning::Refused => course.is_refused = true,
                Turning::Ended => course.has_ended = true,
                Turning::Flipped => course.is_flipped = true,
                Turning::Status(_) | Turning::AnswerLate | Turning::AnswerLost | Turning::QueueGone => {}
            }
        }
        course
    }

    fn has_lost_dead_letters(&mut self, falling: &Falling<'_>) -> bool {
        let delivery = Delivery {
            moment: DeliveryMoment::Falls,
            topic: falling.topic,
            endpoint: falling.queue,
            protocol: "sqs",
            has_dead_letters: true,
            body: falling.body,
            attribute: &(),
            group: None,
        };
        self.faults.turn(&delivery).contains(&Turning::QueueGone) || self.oracle.has_lost_dead_letters(falling)
    }

    fn shards(&mut self) -> u16 {
        self.oracle.shards()
    }

    fn place(&mut self, shards: u16) -> u16 {
        self.oracle.place(shards)
    }

    fn ask(&mut self, poll: Poll, shards: u16, asked: &mut Vec<u16>) {
        self.oracle.ask(poll, shards, asked);
    }

    fn batch(&mut self, available: usize) -> usize {
        self.oracle.batch(available)
    }

    fn duplicate(&mut self) -> bool {
        self.oracle.duplicate()
    }

    fn resurrect(&mut self) -> bool {
        self.oracle.resurrect()
    }

    fn counter(&mut self, exact: u64, quiet: Duration) -> u64 {
        self.oracle.counter(exact, quiet)
    }

    fn settling(&mut self, change: Change) -> Duration {
        self.oracle.settling(change)
    }

    fn delivery_lag(&mut self) -> Duration {
        self.oracle.delivery_lag()
    }

    fn delivered_again(&mut self) -> Option<Duration> {
        self.oracle.delivered_again()
    }

    fn retry_delay(&mut self, planned: Duration) -> Duration {
        self.oracle.retry_delay(planned)
    }

    fn transition(&mut self, planned: Duration) -> Duration {
        self.oracle.transition(planned)
    }

    fn read(&mut self, available: usize) -> usize {
        self.oracle.read(available)
    }

    fn channel_fails(&mut self) -> Option<String> {
        self.oracle.channel_fails()
    }

    fn move_rate(&mut self) -> u32 {
        self.oracle.move_rate()
    }
}

/// Message attributes of a delivery.
struct Texts<'a>(&'a Passing<'a>);

impl Attributes for Texts<'_> {
    fn text(&self, name: &str) -> Option<String> {
        self.0.attributes.get(name)?.string_value.clone()
    }
}
