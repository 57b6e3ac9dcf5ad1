//! S40: the key that encrypts the queue cannot be used.

use super::modelled::modelled;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "kms-error",
    id: "S40",
    services: &["sqs"],
    operations: &["SendMessage", "SendMessageBatch", "ReceiveMessage"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "error",
        kind: Kind::Word(&["throttled", "disabled", "access-denied"]),
        default: "throttled",
        about: "what the key service says",
    }],
    refuses: &[],
};

/// The key that encrypts the queue cannot be used.
#[derive(Debug)]
pub(crate) struct KmsError;

impl Rule for KmsError {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "encrypted queue: a key can be throttled, disabled or denied",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The key that encrypts the queue cannot be used; shows messages that are dead-lettered for a fault of the key."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Answer(match turn.parameters.text("error") {
            Some("disabled") => modelled("KmsDisabled", "The key is disabled."),
            Some("access-denied") => modelled("KmsAccessDenied", "The caller may not use the key."),
            _ => modelled("KmsThrottled", "You have exceeded the rate at which you may call KMS."),
        })
    }
}
