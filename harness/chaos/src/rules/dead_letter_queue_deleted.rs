//! N14: the dead-letter queue of a subscription is gone when a message falls back to it.
//!
//! The message is gone too, and SNS says nothing.

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Known, Parameters, Phase};
use crate::{DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "dead-letter-queue-deleted",
    id: "N14",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[],
    refuses: ONLY_AT_THE_TOPIC,
};

/// The dead-letter queue of a subscription is gone when a message falls back to it.
#[derive(Debug)]
pub(crate) struct DeadLetterQueueDeleted;

impl Rule for DeadLetterQueueDeleted {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all topics: a message that cannot be put into the dead-letter queue is discarded",
            source: "https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The dead-letter queue of a subscription is gone when a message falls back to it; shows losses that nobody is told of."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Falls)
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn turn(&self, _parameters: &Parameters) -> Option<Turning> {
        Some(Turning::QueueGone)
    }
}
