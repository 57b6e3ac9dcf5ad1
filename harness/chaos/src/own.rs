//! Requests that chaos makes or changes. They are in the caller's own protocol: a backend may speak no other.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, Request, Uri};
use redeliver_model::{Operation, Service, Value};
use redeliver_wire::{Dialect, JsonVersion, cbor, json, query};

use crate::Call;
use crate::edit::text;

/// Which body a signature is about.
const BODY_HASH: &str = "x-amz-content-sha256";
/// What forms are sent as.
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// A mark among the extensions of requests that chaos made or changed: their signature is void, and whoever checks it needs a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsigned;

/// The request with the parameters that the call has now.
pub(crate) fn changed(request: &Request<Bytes>, call: &Call) -> Request<Bytes> {
    let mut request = request.clone();
    if !call.changed {
        return request;
    }
    match call.dialect {
        Dialect::Json(_) => put_body(&mut request, json::encode(call.input.clone())),
        Dialect::Cbor => put_body(&mut request, cbor::encode(call.input.clone())),
        Dialect::Query { .. } => put_form(&mut request, call, call.operation, &call.input),
        // Such a request is no call.
        Dialect::Unrecognized => {}
    }
    request
}

/// What a request of chaos's own is answered in.
pub(crate) fn dialect(call: &Call) -> Dialect {
    match call.dialect {
        Dialect::Query { .. } | Dialect::Cbor => call.dialect,
        Dialect::Json(_) | Dialect::Unrecognized => Dialect::Json(match call.operation.service {
            Service::Kinesis => JsonVersion::V1_1,
            Service::Sqs | Service::Sns => JsonVersion::V1_0,
        }),
    }
}

/// A request of chaos's own to the backend of this one, as the same caller.
pub(crate) fn request(like: &Request<Bytes>, call: &Call, operation: &str, input: &Value) -> Option<Request<Bytes>> {
    let model = call.operation.service.model();
    let operation = model.operation(operation)?;
    let mut request = like.clone();
    let headers = request.headers_mut();
    headers.remove("amz-sdk-request");
    headers.remove("amz-sdk-invocation-id");
    let dialect = dialect(call);
    if let Dialect::Query { .. } = dialect {
        put_form(&mut request, call, operation, input);
        ask_at_queue(&mut request, input);
        return Some(request);
    }
    let target = format!("{}.{}", model.target_prefix?, operation.name);
    headers.insert("x-amz-target", HeaderValue::from_str(&target).ok()?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(dialect.content_type()));
    *request.method_mut() = Method::POST;
    let body = match dialect {
        Dialect::Cbor => cbor::encode(input.clone()),
        _ => json::encode(input.clone()),
    };
    put_body(&mut request, body);
    Some(request)
}

/// Makes a request one that asks for `operation` by a form. What of it belongs to no parameter of either operation stays where it was.
fn put_form(request: &mut Request<Bytes>, call: &Call, operation: &'static Operation, input: &Value) {
    let parameters = |text: &[u8]| query::Parameters::parse(&[text]);
    let url = parameters(request.uri().query().unwrap_or_default().as_bytes());
    let body = if request.method() == Method::POST { parameters(request.body()) } else { parameters(b"") };
    let version = body.get("Version").or_else(|| url.get("Version"));
    let operations = [call.operation, operation];
    let mut form = query::form(operation, version, input);
    let beside = query::beside(&body, operations);
    if !beside.is_empty() {
        form.extend(["&", &beside]);
    }
    let path = request.uri().path().to_owned();
    put_path(request, &path, &query::beside(&url, operations));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
    put_body(request, form.into_bytes());
}

/// A caller that asks at the URLs of queues asks at that of the queue that is meant now.
fn ask_at_queue(request: &mut Request<Bytes>, input: &Value) {
    if request.uri().path() == "/" {
        return;
    }
    let queue = text(input, "QueueUrl").and_then(|url| url.parse::<Uri>().ok());
    let path = queue.map_or_else(|| "/".to_owned(), |queue| queue.path().to_owned());
    let query = request.uri().query().unwrap_or_default().to_owned();
    put_path(request, &path, &query);
}

fn put_path(request: &mut Request<Bytes>, path: &str, query: &str) {
    let text = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let mut parts = request.uri().clone().into_parts();
    // What is no path of a URL leaves the request where it was.
    let Ok(path) = text.parse::<PathAndQuery>() else { return };
    parts.path_and_query = Some(path);
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
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
    request.extensions_mut().insert(Unsigned);
}

/// An `Authorization` header whose signature is void.
fn unsigned(header: &str) -> Option<HeaderValue> {
    let (before, _) = header.split_once("Signature=")?;
    HeaderValue::from_str(&format!("{before}Signature={}", "0".repeat(64))).ok()
}
