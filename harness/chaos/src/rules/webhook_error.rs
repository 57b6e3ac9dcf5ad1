//! N10: a webhook answers an attempt with a server error.
//!
//! As what stands before it does when it is away: it does not see the attempt, and SNS repeats it by the delivery policy.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Kind, Known, Parameter, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "webhook-error",
    id: "N10",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter { name: "status", kind: Kind::Number(500, 599), default: "500", about: "the HTTP status" }],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A webhook answers an attempt with a server error.
#[derive(Debug)]
pub(crate) struct WebhookError;

impl Rule for WebhookError {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: what a webhook answers with a server error is repeated by its delivery policy",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A webhook answers an attempt with a server error; shows policies that give up too early, and handlers that rely on the order of attempts."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Attempted)
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        delivery.is_to_webhook()
    }

    fn turn(&self, parameters: &Parameters) -> Option<Turning> {
        let status = parameters.number("status").and_then(|status| u16::try_from(status).ok());
        Some(Turning::Status(status.unwrap_or(500)))
    }
}
