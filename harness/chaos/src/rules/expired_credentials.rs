//! X6: a call is refused since its credentials have expired.

use crate::plan::{Known, Phase};
use crate::{Act, Answer, Legality, Rule, Stage, Turn};

static KNOWN: Known = Known {
    name: "expired-credentials",
    id: "X6",
    services: &[],
    operations: &[],
    phases: &[Phase::BeforeEffect],
    parameters: &[],
    refuses: &[],
};

/// A call is refused since its credentials have expired.
#[derive(Debug)]
pub(crate) struct ExpiredCredentials;

impl Rule for ExpiredCredentials {
    fn known(&self) -> &'static Known {
        &KNOWN
    }

    fn legality(&self) -> Legality {
        Legality {
            guarantee: "all services: temporary credentials end",
            source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html",
            breaks_contract: false,
        }
    }

    fn about(&self) -> &'static str {
        "A call is refused since its credentials have expired; shows loops that end when credentials do."
    }

    fn stage(&self) -> Stage {
        Stage::Before
    }

    fn share(&self) -> f64 {
        0.1
    }

    fn act(&self, _turn: &mut Turn<'_>) -> Act {
        Act::Answer(Answer::Error {
            shape: "ExpiredTokenException",
            code: "ExpiredToken",
            status: 403,
            message: "The security token included in the request is expired",
            shared: true,
        })
    }
}
