//! Why a signature is not taken.

use redeliver_model::Fault;
use redeliver_wire::{Description, Dialect, Origin};

/// Why a signature is not taken; the text is that of AWS.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum Denial {
    /// There is none.
    Missing,
    /// It does not say all that it must.
    Incomplete(String),
    /// Its access key is not known, or has another session token.
    UnknownKey,
    /// It is not that of the request, or not of this time.
    Mismatch(String),
    /// The time of a URL that was signed in advance is over.
    Expired(String),
}

impl Denial {
    /// Codes, status and text.
    ///
    /// silent: of SQS only the answers of the query protocol are on record; for the other protocols names and status are those of
    /// Kinesis, which shares its framework (recorded: <https://github.com/mhart/kinesalite/tree/master/test>).
    pub(in crate::server) fn describe(&self, dialect: Dialect) -> Description {
        let (shape, code, status, text) = match self {
            Self::Missing => (
                "MissingAuthenticationTokenException",
                "MissingAuthenticationToken",
                403,
                "Request is missing Authentication Token",
            ),
            Self::Incomplete(text) => ("IncompleteSignatureException", "IncompleteSignature", 400, text.as_str()),
            Self::UnknownKey => (
                "UnrecognizedClientException",
                "InvalidClientTokenId",
                403,
                "The security token included in the request is invalid.",
            ),
            Self::Mismatch(text) => ("InvalidSignatureException", "SignatureDoesNotMatch", 403, text.as_str()),
            Self::Expired(text) => ("RequestExpired", "RequestExpired", 400, text.as_str()),
        };
        let status = if matches!(dialect, Dialect::Json(_) | Dialect::Cbor) { 400 } else { status };
        let message = Some(text.to_owned());
        Description { shape, origin: Origin::Framework, code, status, fault: Fault::Client, message }
    }
}
