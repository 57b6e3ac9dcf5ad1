//! N3: a message of a topic reaches a subscription much later.
//!
//! Each subscription is on its own: others have it at once.

use std::time::Duration;

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Kind, Known, Parameter, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "fan-out-late",
    id: "N3",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter {
        name: "for",
        kind: Kind::Duration(1_000, 1_987_200_000),
        default: "10m",
        about: "how much later, to 23 days",
    }],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A message of a topic reaches a subscription much later.
#[derive(Debug)]
pub(crate) struct FanOutLate;

impl Rule for FanOutLate {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: what cannot be delivered to a queue or a function is tried again for 23 days",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message of a topic reaches a subscription much later; shows consumers that take what has arrived for all there is."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Begins)
    }

    fn share(&self) -> f64 {
        0.3
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        // Order holds up what comes after it in the group, which a delay of one message alone would break.
        !delivery.is_of_fifo_topic()
    }

    fn turn(&self, parameters: &Parameters) -> Option<Turning> {
        let time = parameters.duration("for").unwrap_or(Duration::from_mins(10));
        Some(Turning::Late(time))
    }
}
