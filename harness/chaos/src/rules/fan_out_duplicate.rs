//! N1: a message of a topic is delivered twice to a subscription.
//!
//! The queue gets it under another id of its own; the id that SNS gave it, in the envelope, is the same.

use std::time::Duration;

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Kind, Known, Parameter, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "fan-out-duplicate",
    id: "N1",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter {
        name: "after",
        kind: Kind::Duration(0, 3_600_000),
        default: "1s",
        about: "how long after the first delivery",
    }],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A message of a topic is delivered twice to a subscription.
#[derive(Debug)]
pub(crate) struct FanOutDuplicate;

impl Rule for FanOutDuplicate {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard topic: at-least-once delivery",
            source: "https://aws.amazon.com/sns/faqs/",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message of a topic is delivered twice to a subscription; shows consumers that tell duplicates by the id that SQS gives."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Begins)
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        // A FIFO queue knows the second by its deduplication id.
        !delivery.is_to_fifo_queue()
    }

    fn turn(&self, parameters: &Parameters) -> Option<Turning> {
        let after = parameters.duration("after").unwrap_or(Duration::from_secs(1));
        Some(Turning::Again(after))
    }
}
