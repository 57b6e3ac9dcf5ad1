//! Requests that chaos makes or changes.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Request};
use redeliver_model::{Service, Value};
use redeliver_wire::{Dialect, JsonVersion, cbor, json};

use crate::Call;

/// Which body a signature is about.
const BODY_HASH: &str = "x-amz-content-sha256";

/// The request with the parameters that the call has now. A changed one has no signature any more.
pub(crate) fn changed(request: &Request<Bytes>, call: &Call) -> Request<Bytes> {
    let mut request = request.clone();
    if !call.changed {
        return request;
    }
    let body = match call.dialect {
        Dialect::Json(_) => json::encode(call.input.clone()),
        Dialect::Cbor => cbor::encode(call.input.clone()),
        // Calls of this protocol are made anew in AWS JSON, which SQS takes as well.
        Dialect::Query { .. } | Dialect::Unrecognized => return request,
    };
    put_body(&mut request, body);
    request
}

/// A request of chaos's own to the backend of this one, as the same caller.
pub(crate) fn request(like: &Request<Bytes>, call: &Call, operation: &str, input: Value) -> Option<Request<Bytes>> {
    let model = call.operation.service.model();
    model.operation(operation)?;
    let prefix = model.target_prefix?;
    let version = match call.operation.service {
        Service::Kinesis => JsonVersion::V1_1,
        Service::Sqs | Service::Sns => JsonVersion::V1_0,
    };
    let mut request = like.clone();
    *request.method_mut() = http::Method::POST;
    let headers = request.headers_mut();
    headers.insert("x-amz-target", HeaderValue::from_str(&format!("{prefix}.{operation}")).ok()?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(Dialect::Json(version).content_type()));
    headers.remove("amz-sdk-request");
    headers.remove("amz-sdk-invocation-id");
    put_body(&mut request, json::encode(input));
    Some(request)
}

fn put_body(request: &mut Request<Bytes>, body: Vec<u8>) {
    let headers = request.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.remove(BODY_HASH);
    // The scope of the signature still tells account and region; whoever checks signatures needs a new one.
    if let Some(scope) = headers.get(AUTHORIZATION).and_then(|value| unsigned(value.to_str().ok()?)) {
        headers.insert(AUTHORIZATION, scope);
    }
    *request.body_mut() = body.into();
}

/// An `Authorization` header whose signature is void.
fn unsigned(header: &str) -> Option<HeaderValue> {
    let (before, _) = header.split_once("Signature=")?;
    HeaderValue::from_str(&format!("{before}Signature={}", "0".repeat(64))).ok()
}
