//! N4: a message is not delivered to a subscription, until its delivery policy gives up.
//!
//! A queue does not take it, as when somebody changes its policy or key: that is final. A webhook answers 503 at each attempt. Then the message
//! goes to the dead-letter queue of the subscription, and without one it is gone.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Known, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "fan-out-dropped",
    id: "N4",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A message is not delivered to a subscription, until its delivery policy gives up.
#[derive(Debug)]
pub(crate) struct FanOutDropped;

impl Rule for FanOutDropped {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: what an endpoint does not take goes to the dead-letter queue of the subscription, or is discarded",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message is not delivered to a subscription, until its delivery policy gives up; shows subscriptions without a dead-letter queue, and dead-letter queues that nobody reads."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Begins)
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        delivery.is_to_queue() || delivery.is_to_webhook()
    }

    fn turn(&self, _parameters: &Parameters) -> Option<Turning> {
        Some(Turning::Refused)
    }
}
