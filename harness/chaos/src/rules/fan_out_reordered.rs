//! N2: a message of a topic is overtaken by the next ones on its way to a subscription.
//!
//! FIFO topics keep the order to FIFO queues alone.

use std::time::Duration;

use super::fit::ONLY_AT_THE_TOPIC;
use crate::plan::{Kind, Known, Parameter, Parameters, Phase};
use crate::{Delivery, DeliveryMoment, Legality, Rule, Stage, Turning};

static KNOWN: Known = Known {
    name: "fan-out-reordered",
    id: "N2",
    services: &["sns"],
    operations: &[],
    phases: &[Phase::AfterEffect],
    parameters: &[Parameter {
        name: "by",
        kind: Kind::Duration(1, 60000),
        default: "2s",
        about: "for how long it is overtaken",
    }],
    refuses: ONLY_AT_THE_TOPIC,
};

/// A message of a topic is overtaken by the next ones on its way to a subscription.
#[derive(Debug)]
pub(crate) struct FanOutReordered;

impl Rule for FanOutReordered {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "standard topic: no order of deliveries is promised; nor by a FIFO topic to a standard queue",
            source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A message of a topic is overtaken by the next ones on its way to a subscription; shows state that is overwritten by an older event."
    }

    fn stage(&self) -> Stage {
        Stage::Delivery(DeliveryMoment::Begins)
    }

    fn fits_delivery(&self, delivery: &Delivery<'_>) -> bool {
        !delivery.is_to_fifo_queue()
    }

    fn turn(&self, parameters: &Parameters) -> Option<Turning> {
        let by = parameters.duration("by").unwrap_or(Duration::from_secs(2));
        Some(Turning::Late(by))
    }
}
