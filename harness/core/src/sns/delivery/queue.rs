//! Deliveries to queues: made at once, and never repeated, since what a queue does not take it will not take later.

use std::sync::Arc;

use super::fallback::Fallback;
use super::letter::Letter;
use super::rendering::Rendering;
use super::transit::Transit;
use crate::sns::{Happening, Published, Sns, SubscriptionId};
use crate::sqs::{Refused, Taken};

/// How the names of FIFO queues end.
const FIFO: &str = ".fifo";

impl Sns {
    /// Delivers a message to the queue of a subscription.
    pub(super) fn deliver_to_queue(
        &mut self,
        id: SubscriptionId,
        published: &Published,
        rendering: &mut Rendering<'_>,
        transit: &mut Transit<'_>,
    ) {
        let subscription = self.subscription(id).expect("it was just found");
        let body = rendering.letter_body(subscription);
        let mut letter = Letter::new(published, body, subscription.settings.raw, subscription.endpoint.ends_with(FIFO));
        let origin = rendering.origin(|| self.origin(published));
        let delivered = if transit.is_refused {
            Err(Refused::Denied { why: "a fault denies it".to_owned() })
        } else {
            letter.deliver_again(&subscription.endpoint, subscription.queue, &origin, transit)
        };
        match delivered {
            Ok(Taken { message: became, queue }) => {
                transit.tell(&published.topic_arn, || Happening::Delivered {
                    message: published.id,
                    subscription: Arc::clone(&subscription.arn),
                    endpoint: subscription.endpoint.to_string(),
                    became: Some(became),
                    delivery: None,
                    attempt: 1,
                });
                self.registry.subscription_mut(id).expect("it was just found").queue = Some(queue);
            }
            Err(refused) => {
                let fallback = Fallback {
                    message: published.id,
                    subscription: Arc::clone(&subscription.arn),
                    queue: subscription.dead_letter_queue(),
                    letter,
                    origin,
                };
                let why = format!("`{}` did not take it: {refused}", subscription.endpoint);
                fallback.fall_back(&why, transit);
            }
        }
    }
}
