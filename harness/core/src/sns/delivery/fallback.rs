//! What becomes of a message that could not be delivered.

use std::sync::Arc;

use super::course::Falling;
use super::letter::{Letter, Origin};
use super::transit::Transit;
use crate::Uuid;
use crate::sns::Happening;

/// What becomes of a message that can't be delivered: it goes to the dead-letter queue of the subscription, or it is gone.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html>
#[derive(Debug, Clone)]
pub(super) struct Fallback {
    /// Id of the message.
    pub(super) message: Uuid,
    /// ARN of the subscription.
    pub(super) subscription: Arc<str>,
    /// ARN of the dead-letter queue that the subscription had when the message was published; one that is set later gets later
    /// messages. Recorded on AWS.
    pub(super) queue: Option<Arc<str>>,
    /// What the queue gets: the same as the endpoint. Recorded on AWS.
    pub(super) letter: Letter,
    /// Whose message it is.
    pub(super) origin: Origin,
}

impl Fallback {
    /// Lets it happen. AWS says nothing when a message is gone; this does.
    pub(super) fn fall_back(&self, why: &str, transit: &mut Transit<'_>) {
        let Self { message, subscription, queue, letter, origin } = self;
        let why = match queue {
            None => format!("{why}; the subscription has no dead-letter queue"),
            Some(queue) if is_gone(origin, queue, letter, transit) => {
                format!("{why}; the dead-letter queue `{queue}` did not take it: it is gone")
            }
            Some(queue) => match letter.clone().deliver(queue, origin, transit) {
                Ok(became) => {
                    transit.tell(&origin.topic, || Happening::DeadLettered {
                        message: *message,
                        subscription: Arc::clone(subscription),
                        to: Arc::clone(queue),
                        became,
                        why: why.to_owned(),
                    });
                    return;
                }
                Err(refused) => format!("{why}; the dead-letter queue `{queue}` did not take it: {refused}"),
            },
        };
        transit.tell(&origin.topic, || Happening::Dropped {
            message: *message,
            subscription: Arc::clone(subscription),
            why,
        });
    }
}

fn is_gone(origin: &Origin, queue: &str, letter: &Letter, transit: &mut Transit<'_>) -> bool {
    let body = letter.body.text();
    transit.oracle.has_lost_dead_letters(&Falling { topic: &origin.topic, queue, body: &body })
}
