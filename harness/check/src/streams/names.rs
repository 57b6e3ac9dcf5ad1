//! What calls call a stream.

use serde_json::Value;

use crate::traffic::field;

/// The name of the stream that a call or an answer names, by its name or an ARN.
pub(super) fn stream_of(input: &Value) -> Option<&str> {
    let named = |name| field(input, name).and_then(Value::as_str);
    named("StreamName").or_else(|| of_arn(named("StreamARN").or_else(|| named("ConsumerARN"))?))
}

/// The name of a stream by its ARN or that of one of its consumers.
pub(crate) fn of_arn(arn: &str) -> Option<&str> {
    let (_, rest) = arn.split_once("stream/")?;
    Some(rest.split_once('/').map_or(rest, |(name, _)| name))
}
