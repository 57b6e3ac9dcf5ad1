//! Errors that several rules answer.

use crate::Answer;

/// The service failed; SDKs try again.
pub(super) const INTERNAL_FAILURE: Answer = Answer::Error {
    shape: "InternalFailure",
    code: "InternalFailure",
    status: 500,
    message: "The request processing has failed because of an unknown error, exception or failure.",
    shared: true,
};

/// The service is away; SDKs try again.
pub(super) const UNAVAILABLE: Answer = Answer::Error {
    shape: "ServiceUnavailable",
    code: "ServiceUnavailable",
    status: 503,
    message: "The request has failed due to a temporary failure of the server.",
    shared: true,
};

/// Too many calls; SDKs try again, later.
pub(super) const THROTTLED: Answer = Answer::Error {
    shape: "ThrottlingException",
    code: "ThrottlingException",
    status: 400,
    message: "Rate exceeded",
    shared: true,
};
