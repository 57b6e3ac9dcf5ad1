//! A body as a value, by its media type.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{cbor, form, xml};

/// A body as the value that patterns see: read as its media type says; what cannot be read so is text, and what is no text is base64.
pub(crate) fn read(content_type: &str, body: &[u8]) -> Value {
    let plain = || std::str::from_utf8(body).map_or_else(|_| Value::String(STANDARD.encode(body)), Value::from);
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let read = match essence.as_str() {
        _ if body.is_empty() => None,
        "application/json" | "application/x-amz-json-1.0" | "application/x-amz-json-1.1" => {
            serde_json::from_slice(body).ok()
        }
        "text/xml" | "application/xml" => std::str::from_utf8(body).ok().and_then(xml::read),
        "application/x-www-form-urlencoded" => form::decode(body),
        "application/cbor" | "application/x-amz-cbor-1.1" => cbor::decode(body),
        _ => None,
    };
    read.unwrap_or_else(plain)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn a_body_is_read_as_its_media_type_says() {
        let cases = [
            ("application/x-amz-json-1.0", &b"{\"a\":1}"[..], json!({ "a": 1 })),
            ("Application/JSON; charset=utf-8", b"[1]", json!([1])),
            ("text/xml", b"<a>1</a>", json!({ "a": "1" })),
            ("application/x-www-form-urlencoded", b"a=1", json!({ "a": "1" })),
            ("application/x-amz-cbor-1.1", b"\xa1\x61a\x01", json!({ "a": 1 })),
            ("text/plain", b"{}", json!("{}")),
            ("", b"{}", json!("{}")),
        ];
        for (content_type, body, expected) in cases {
            assert_eq!(read(content_type, body), expected, "{content_type}");
        }
    }

    #[test]
    fn what_cannot_be_read_so_is_text_or_base64() {
        for content_type in ["application/json", "text/xml", "application/cbor"] {
            assert_eq!(read(content_type, b"<"), json!("<"), "{content_type}");
            assert_eq!(read(content_type, b""), json!(""), "{content_type}");
        }
        assert_eq!(read("application/json", b"\xff"), json!("/w=="));
    }
}
