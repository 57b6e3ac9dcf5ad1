//! N12: a webhook handles an attempt, and its answer is lost.
//!
//! SNS repeats what has had its effect.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Known, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "webhook-reply-lost",
    id: "N12",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A webhook handles an attempt, and its answer is lost.
#[derive(Debug)]
pub(crate) struct WebhookReplyLost;

impl Rule for WebhookReplyLost {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: an attempt without an answer has failed, and is repeated",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A webhook handles an attempt, and its answer is lost; shows handlers that do the work twice."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Attempted)
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        delivery.is_to_webhook()
    }

    fn turn(&self, _parameters: &Parameters) -> Option<Turning> {
        Some(Turning::AnswerLost)
    }
}
