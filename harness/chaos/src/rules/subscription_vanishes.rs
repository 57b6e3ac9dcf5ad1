//! N13: a subscription is deleted while messages are under way.
//!
//! The message and all later ones do not reach its endpoint any more.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Known, Parameters, Phase};
use crate::{DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "subscription-vanishes",
    id: "N13",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A subscription is deleted while messages are under way.
#[derive(Debug)]
pub(crate) struct SubscriptionVanishes;

impl Rule for SubscriptionVanishes {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: whoever may delete a subscription does so at any time, and its endpoint gets nothing from then on",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A subscription is deleted while messages are under way; shows consumers that nobody misses."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Begins)
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn turn(&self, _parameters: &Parameters) -> Option<Turning> {
        Some(Turning::Ended)
    }
}
