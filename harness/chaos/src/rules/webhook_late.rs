//! N11: a webhook handles an attempt, and its answer comes after the time that SNS waits.
//!
//! The attempt has failed as far as SNS can see, and is repeated.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Known, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "webhook-late",
    id: "N11",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A webhook handles an attempt, and its answer comes after the time that SNS waits.
#[derive(Debug)]
pub(crate) struct WebhookLate;

impl Rule for WebhookLate {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: an attempt that a webhook does not answer within 15 seconds has failed",
            source: "https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A webhook handles an attempt, and its answer comes after the time that SNS waits; shows handlers that do the work twice, and before they answer."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Attempted)
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        delivery.is_to_webhook()
    }

    fn turn(&self, _parameters: &Parameters) -> Option<Turning> {
        Some(Turning::AnswerLate)
    }
}
