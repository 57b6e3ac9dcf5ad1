//! K26: the key that encrypts the stream cannot be used.

use super::modelled::of_streams;
use crate::plan::{Kind, Known, Parameter, Phase};
use crate::{Act, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "stream-kms-error",
    id: "K26",
    services: &["kinesis"],
    operations: &["PutRecord", "PutRecords", "GetRecords", "SubscribeToShard"],
    phases: &[Phase::BeforeEffect],
    parameters: &[Parameter {
        name: "error",
        kind: Kind::Word(&["throttled", "disabled", "access-denied"]),
        default: "throttled",
        about: "what the key service says",
    }],
    refuses: &[],
};

/// The key that encrypts the stream cannot be used.
#[derive(Debug)]
pub(crate) struct StreamKmsError;

impl Rule for StreamKmsError {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "encrypted stream: a key can be throttled, disabled or denied",
            source: "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "The key that encrypts the stream cannot be used; shows records that are given up for a fault of the key."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.0
    }

    fn act(&self, turn: &mut Turn<'_>) -> Act {
        Act::Answer(match turn.parameters.text("error") {
            Some("disabled") => of_streams("KMSDisabledException", "The key is disabled."),
            Some("access-denied") => of_streams("KMSAccessDeniedException", "The caller may not use the key."),
            _ => of_streams("KMSThrottlingException", "You have exceeded the rate at which you may call KMS."),
        })
    }
}
