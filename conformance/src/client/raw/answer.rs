//! What came back.

use std::sync::LazyLock;

use bytes::Bytes;
use http::{HeaderMap, Response};
use serde_json::{Map, Value, json};

use super::media;

/// The answer to a raw request.
#[derive(Debug)]
pub(crate) struct RawAnswer {
    /// HTTP status.
    status: u16,
    /// `status`, `headers`, `body`, and `text` where the body is text.
    value: Value,
}

impl RawAnswer {
    /// Reads a response.
    pub(super) fn new(response: Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        let status = head.status.as_u16();
        let content_type = head.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut value =
            json!({ "status": status, "headers": header_map(&head.headers), "body": media::read(content_type, &body) });
        if let Ok(text) = std::str::from_utf8(&body) {
            value["text"] = Value::from(text);
        }
        Self { status, value }
    }

    /// An answer that was taken down: its status, and what [`RawAnswer::value`] gave.
    pub(crate) fn recorded(status: u16, value: Value) -> Self {
        Self { status, value }
    }

    /// HTTP status.
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// Whether it is a success.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The whole answer, as patterns see it.
    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    /// The error's code and text as far as the answer has them in a form that AWS uses.
    pub(crate) fn error(&self) -> (String, String) {
        static NOTHING: LazyLock<Value> = LazyLock::new(|| json!({}));
        let body = &self.value["body"];
        let inner = ["/ErrorResponse/Error", "/Error"].iter().find_map(|pointer| body.pointer(pointer));
        let inner = inner.unwrap_or(&NOTHING);
        let text = |names: &[&str]| {
            let found = names.iter().find_map(|name| body.get(name).or_else(|| inner.get(name)));
            found.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let header = self.value["headers"].get("x-amzn-query-error").and_then(Value::as_str);
        let code = header.and_then(|header| header.split(';').next()).map(str::to_owned);
        let code = code.unwrap_or_else(|| text(&["__type", "Code"]));
        let code = if code.is_empty() { format!("HTTP {}", self.status) } else { code };
        (code, text(&["message", "Message"]))
    }
}

/// Names are lowercase; values of one name are joined as RFC 9110 allows.
pub(crate) fn header_map(headers: &HeaderMap) -> Map<String, Value> {
    let join = |name| {
        let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        values.collect::<Vec<_>>().join(", ")
    };
    headers.keys().map(|name| (name.to_string(), Value::String(join(name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &'static [u8]) -> RawAnswer {
        let response = Response::builder().status(status);
        let response = headers.iter().fold(response, |response, (name, value)| response.header(*name, *value));
        RawAnswer::new(response.body(Bytes::from_static(body)).unwrap())
    }

    #[test]
    fn an_answer_is_a_map_of_its_parts() {
        let seen = answer(200, &[("Content-Type", "application/json"), ("X-A", "1"), ("x-a", "2")], b"{\"a\":1}");
        let headers = json!({ "content-type": "application/json", "x-a": "1, 2" });
        let expected = json!({ "status": 200, "headers": headers, "body": { "a": 1 }, "text": "{\"a\":1}" });
        assert_eq!(seen.value(), &expected);
        let bytes = answer(204, &[], b"\xff");
        assert_eq!(bytes.value(), &json!({ "status": 204, "headers": {}, "body": "/w==" }));
    }

    #[test]
    fn an_error_has_its_code_wherever_aws_puts_it() {
        let xml = ("content-type", "text/xml");
        let json = ("content-type", "application/json");
        let pair = |code: &str, text: &str| (code.to_owned(), text.to_owned());
        let query_error = ("x-amzn-query-error", "Old;Sender");
        let named = answer(400, &[json, query_error], br#"{"__type":"x#New","message":"no"}"#);
        assert_eq!(named.error(), pair("Old", "no"));
        let body = b"<ErrorResponse><Error><Code>C</Code><Message>m</Message></Error></ErrorResponse>";
        assert_eq!(answer(400, &[xml], body).error(), pair("C", "m"));
        assert_eq!(answer(400, &[json], br#"{"Error":{"Code":"C","Message":"m"}}"#).error(), pair("C", "m"));
        assert_eq!(answer(404, &[xml], b"<UnknownOperationException/>").error(), pair("HTTP 404", ""));
    }
}
