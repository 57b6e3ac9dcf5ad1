//! Errors that several rules answer.

use redeliver_model::Service;

use super::modelled::{RATE_EXCEEDED, of_streams};
use crate::{Answer, Call};

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

/// Too many calls, in the words of the service that is called.
pub(super) fn throttled(call: &Call) -> Answer {
    let of_shards = ["PutRecord", "PutRecords", "GetRecords", "GetShardIterator"];
    match call.operation.service {
        Service::Kinesis if of_shards.contains(&call.operation.name) => of_streams(RATE_EXCEEDED, "Rate exceeded"),
        Service::Kinesis => of_streams("LimitExceededException", "Rate exceeded"),
        Service::Sns => THROTTLED_TOPIC,
        Service::Sqs => THROTTLED,
    }
}

/// Too many calls to SNS; SDKs try again, later.
const THROTTLED_TOPIC: Answer = Answer::Error {
    shape: "ThrottledException",
    code: "Throttled",
    status: 429,
    message: "Rate exceeded",
    shared: false,
};
