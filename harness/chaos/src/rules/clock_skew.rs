//! X5: a call is refused since the clock of its caller is off.

use crate::plan::{Known, Phase};
use crate::{Act, Answer, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "clock-skew",
    id: "X5",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A call is refused since the clock of its caller is off.
#[derive(Debug)]
pub(crate) struct ClockSkew;

impl Rule for ClockSkew {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: a signature is valid for five minutes around its date",
            source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A call is refused since the clock of its caller is off; shows loops that end when a clock jumps."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.1
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(Answer::Error {
            shape: "InvalidSignatureException",
            code: "SignatureDoesNotMatch",
            status: 403,
            message: "Signature expired: the date of the request is more than five minutes from the time of the service.",
            shared: true,
        })
    }
}
