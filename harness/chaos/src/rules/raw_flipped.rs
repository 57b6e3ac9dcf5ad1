//! N8: a message comes raw where its consumer expects an envelope, or the other way round.
//!
//! As when somebody sets `RawMessageDelivery` while messages are under way.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Known, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "raw-flipped",
    id: "N8",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A message comes raw where its consumer expects an envelope, or the other way round.
#[derive(Debug)]
pub(crate) struct RawFlipped;

impl Rule for RawFlipped {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: whoever may set the attributes of a subscription changes the form of what comes at any time",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message comes raw where its consumer expects an envelope, or the other way round; shows parsers that take one form for granted."
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
        Some(Turning::Flipped)
    }
}
