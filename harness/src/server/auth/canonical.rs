//! The request as it was signed.

use std::fmt::Write as _;

use http::header::HOST;
use http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use sha2::{Digest, Sha256};

use super::claim::Claim;
use super::denial::Denial;

/// What is percent-encoded: all but letters, digits and these four.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// As above; a path keeps its slashes.
const RESERVED_IN_PATHS: &AsciiSet = &RESERVED.remove(b'/');

/// The parameters of a URL, decoded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Query(Vec<(Vec<u8>, Vec<u8>)>);

impl Query {
    /// Reads the part of a URL behind the question mark.
    pub(super) fn parse(text: &str) -> Self {
        let decode = |part: &str| percent_decode_str(&part.replace('+', " ")).collect();
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(a, b)| (decode(a), decode(b))).collect(),
        )
    }

    /// The first value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(found, _)| found == name.as_bytes())?;
        String::from_utf8(value.clone()).ok()
    }

    /// Sorted, encoded anew, without the signature.
    fn canonical(&self) -> String {
        let encode = |bytes: &[u8]| percent_encode(bytes, RESERVED).to_string();
        let signed = self.0.iter().filter(|(name, _)| name != b"X-Amz-Signature");
        let mut pairs: Vec<_> = signed.map(|(name, value)| (encode(name), encode(value))).collect();
        pairs.sort();
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }
}

/// The canonical request.
pub(super) fn canonical(head: &Parts, query: &Query, body: &[u8], claim: &Claim) -> Result<String, Denial> {
    let mut headers = String::new();
    for name in &claim.headers {
        let value = value(head, name).ok_or_else(|| {
            Denial::Mismatch(format!("'{name}' is named as a SignedHeader, but it does not exist in the HTTP request"))
        })?;
        headers.extend([name, ":", &value, "\n"]);
    }
    let path = percent_encode(normal(head.uri.path()).as_bytes(), RESERVED_IN_PATHS).to_string();
    let parts = [head.method.as_str(), &path, &query.canonical(), &headers, &claim.headers.join(";"), &digest(body)];
    Ok(parts.join("\n"))
}

/// SHA-256 in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// All values of a header, their outer spaces gone and inner ones made one.
fn value(head: &Parts, name: &str) -> Option<String> {
    let words = |value: &str| value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let values = head.headers.get_all(name).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let values: Vec<_> = values.map(words).collect();
    if !values.is_empty() {
        return Some(values.join(","));
    }
    // HTTP/2 has the host in the URL.
    head.uri.authority().filter(|_| is_host(name)).map(ToString::to_string)
}

/// Whether a signed header is the host; clients that speak HTTP/2 sign its pseudo-header.
pub(super) fn is_host(name: &str) -> bool {
    name == HOST.as_str() || name == ":authority"
}

/// A path without empty, `.` and `..` segments.
fn normal(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    let end = if path.ends_with('/') && !segments.is_empty() { "/" } else { "" };
    format!("/{}{end}", segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Query, normal, value};

    #[test]
    fn parameters_are_sorted_and_encoded_anew() {
        let query = Query::parse("b=2&a=%7e+%2B&&c&a=1&X-Amz-Signature=00&é=ü");
        assert_eq!(query.canonical(), "%C3%A9=%C3%BC&a=1&a=~%20%2B&b=2&c=");
        assert_eq!((query.get("a"), query.get("d")), (Some("~ +".to_owned()), None));
        assert_eq!(Query::parse("a=%ff").get("a"), None);
    }

    #[test]
    fn host_is_signed_under_either_name() {
        let (head, ()) = http::Request::get("http://localhost:4566/").body(()).unwrap().into_parts();
        let host = Some("localhost:4566".to_owned());
        assert_eq!(["host", ":authority", "date"].map(|name| value(&head, name)), [host.clone(), host, None]);
    }

    #[test]
    fn paths_are_made_normal() {
        for (path, expected) in
            [("/", "/"), ("", "/"), ("//1//q/", "/1/q/"), ("/a/./b/../c", "/a/c"), ("/../..", "/"), ("/1/q", "/1/q")]
        {
            assert_eq!(normal(path), expected, "{path}");
        }
    }
}
