//! A request with exact bytes, from the parts of a spec.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use redeliver_model::Service;
use redeliver_spec::Signing;
use serde_json::{Map, Value};

use super::{cbor, form};

/// A request with exact bytes, not signed yet.
#[derive(Debug)]
pub(crate) struct RawRequest {
    /// What is sent; the URL is path and query.
    pub(super) http: Request<Bytes>,
    /// The service that it is signed for.
    pub(super) service: Service,
    /// How it is signed.
    pub(super) sign: Signing,
}

/// The parts of a request as a spec has them, with variables replaced.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) service: Service,
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a Value>,
    pub(crate) headers: &'a Map<String, Value>,
    pub(crate) body: Option<&'a Value>,
    pub(crate) sign: Signing,
}

/// A part that makes no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unfit {
    /// JSON pointer from the request to the part.
    pub(crate) pointer: String,
    /// What it has to be.
    pub(crate) expected: String,
    /// What it is.
    pub(crate) seen: String,
}

impl Unfit {
    fn new(pointer: &str, expected: impl Into<String>, seen: impl Into<String>) -> Self {
        Self { pointer: pointer.to_owned(), expected: expected.into(), seen: seen.into() }
    }
}

impl RawRequest {
    /// Puts the parts together.
    pub(crate) fn new(parts: &Parts<'_>) -> Result<Self, Unfit> {
        let method = Method::from_bytes(parts.method.as_bytes())
            .map_err(|_| Unfit::new("/method", "an HTTP method", parts.method))?;
        let (content_type, body) = body(parts)?;
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = uri(parts)?;
        *request.headers_mut() = headers(parts.headers, content_type)?;
        Ok(Self { http: request, service: parts.service, sign: parts.sign })
    }
}

fn uri(parts: &Parts<'_>) -> Result<Uri, Unfit> {
    let path = path_of(parts.path);
    let text = match parts.query {
        None => path.to_owned(),
        Some(Value::Object(names)) => format!("{path}?{}", pairs(names, "/query")?),
        Some(other) => format!("{path}?{}", text(other, "/query")?),
    };
    if !path.starts_with('/') {
        return Err(Unfit::new("/path", "a path that begins with `/`, or a URL", path));
    }
    text.parse()
        .map_err(|error: http::uri::InvalidUri| Unfit::new("/path", "a path and query of a URL", error.to_string()))
}

/// The path of a URL; a path as it is.
fn path_of(text: &str) -> &str {
    match text.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => rest.find('/').map_or("/", |slash| &rest[slash..]),
        _ => text,
    }
}

fn headers(written: &Map<String, Value>, content_type: Option<String>) -> Result<HeaderMap, Unfit> {
    let mut headers = HeaderMap::new();
    for (name, value) in written {
        let at = format!("/headers/{name}");
        let value = text(value, &at)?;
        let name =
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| Unfit::new(&at, "the name of a header", name))?;
        let value = HeaderValue::from_bytes(value.as_bytes())
            .map_err(|_| Unfit::new(&at, "text without control characters", format!("{value:?}")))?;
        headers.append(name, value);
    }
    if let Some(content_type) = content_type.filter(|_| !headers.contains_key("content-type")) {
        headers.insert("content-type", HeaderValue::from_str(&content_type).expect("these are letters and hyphens"));
    }
    Ok(headers)
}

/// The media type that the form of a body brings along, and its bytes.
fn body(parts: &Parts<'_>) -> Result<(Option<String>, Vec<u8>), Unfit> {
    let (name, value) = match parts.body {
        None => return Ok((None, Vec::new())),
        Some(Value::Object(map)) if map.len() == 1 => map.iter().next().expect("there is one"),
        Some(other) => return Ok((None, text(other, "/body")?.into_bytes())),
    };
    let at = format!("/body/{name}");
    Ok(match (name.as_str(), value) {
        ("json", value) => {
            let version = parts.service.model().json_version.unwrap_or("1.0");
            (Some(format!("application/x-amz-json-{version}")), value.to_string().into_bytes())
        }
        ("cbor", value) => (Some("application/x-amz-cbor-1.1".to_owned()), cbor::encode(value)),
        ("form", Value::Object(names)) => {
            (Some("application/x-www-form-urlencoded; charset=utf-8".to_owned()), pairs(names, &at)?.into_bytes())
        }
        ("base64", Value::String(encoded)) => {
            let bytes = STANDARD.decode(encoded).map_err(|_| Unfit::new(&at, "bytes as base64 text", encoded))?;
            (None, bytes)
        }
        (_, other) => return Err(Unfit::new(&at, "a form of a body", other.to_string())),
    })
}

fn pairs(names: &Map<String, Value>, at: &str) -> Result<String, Unfit> {
    let mut pairs = Vec::new();
    for (name, value) in names {
        let at = format!("{at}/{name}");
        match value {
            Value::Array(values) => {
                for value in values {
                    pairs.push((name.as_str(), text(value, &at)?));
                }
            }
            value => pairs.push((name.as_str(), text(value, &at)?)),
        }
    }
    Ok(form::encode(pairs.iter().map(|(name, value)| (*name, value.as_str()))))
}

/// A text; a number or boolean that a variable holds becomes one.
fn text(value: &Value, at: &str) -> Result<String, Unfit> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => Err(Unfit::new(at, "text", value.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(path: &str, query: &Value, headers: &Value, body: Option<&Value>) -> Result<Request<Bytes>, Unfit> {
        let headers = headers.as_object().unwrap();
        let query = Some(query).filter(|query| !query.is_null());
        let parts = Parts { service: Service::Sqs, method: "POST", path, query, headers, body, sign: Signing::Header };
        RawRequest::new(&parts).map(|request| request.http)
    }

    fn sent(body: &Value) -> (Option<String>, Bytes) {
        let request = request("/", &Value::Null, &json!({}), Some(body)).unwrap();
        let content_type = request.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
        (content_type, request.into_body())
    }

    #[test]
    fn a_url_gives_its_path_and_names_are_encoded() {
        let uri = |path, query| request(path, &query, &json!({}), None).map(|request| request.uri().to_string());
        let names = json!({ "AttributeName.1": "All", "Body": "a b&c=ü+/~", "Tag": ["x", "y"], "n": 3 });
        assert_eq!(
            uri("https://sqs.eu-west-1.amazonaws.com/123456789012/jobs", names),
            Ok("/123456789012/jobs?AttributeName.1=All&Body=a%20b%26c%3D%C3%BC%2B%2F~&Tag=x&Tag=y&n=3".to_owned())
        );
        assert_eq!(uri("http://localhost:4566", Value::Null), Ok("/".to_owned()));
        assert_eq!(uri("/a?", json!("x=%zz&&y")).as_deref(), Ok("/a??x=%zz&&y"));
        assert_eq!(uri("jobs", Value::Null).unwrap_err().pointer, "/path");
    }

    #[test]
    fn each_form_of_a_body_brings_its_media_type_and_text_brings_none() {
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(sent(&json!("a=1")), (None, "a=1".into()));
        assert_eq!(sent(&json!({ "base64": "/wA=" })), (None, Bytes::from_static(b"\xff\0")));
        assert_eq!(
            sent(&json!({ "json": { "b": 1, "a": [null] } })),
            (named("application/x-amz-json-1.0"), r#"{"b":1,"a":[null]}"#.into())
        );
        let form = named("application/x-www-form-urlencoded; charset=utf-8");
        assert_eq!(sent(&json!({ "form": { "b": "1 2", "a": "é" } })), (form, "b=1%202&a=%C3%A9".into()));
        let cbor = named("application/x-amz-cbor-1.1");
        assert_eq!(sent(&json!({ "cbor": { "a": true } })), (cbor, Bytes::from_static(b"\xa1\x61a\xf5")));
    }

    #[test]
    fn a_header_of_the_spec_wins() {
        let headers = json!({ "Content-Type": "text/plain", "X-N": 7 });
        let request = request("/", &Value::Null, &headers, Some(&json!({ "json": {} }))).unwrap();
        let shown: Vec<_> = request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        assert_eq!(shown, [("content-type", &b"text/plain"[..]), ("x-n", b"7")]);
    }

    #[test]
    fn what_makes_no_request_is_told_with_its_place() {
        let unfit = |headers: Value, body: Value| request("/", &Value::Null, &headers, Some(&body)).unwrap_err();
        assert_eq!(unfit(json!({}), json!({ "form": { "a": [{}] } })), Unfit::new("/body/form/a", "text", "{}"));
        assert_eq!(unfit(json!({ "X-A": "a\nb" }), json!("")).pointer, "/headers/X-A");
        assert_eq!(unfit(json!({}), json!({ "base64": "%" })).pointer, "/body/base64");
    }
}
