//! What the headers of a request say about its caller.

use http::header::{AUTHORIZATION, HOST};
use http::request::Parts;
use http::{HeaderMap, Uri};

use crate::query::Parameters;

/// What a request says about its caller; nothing is verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Access key id of the signature.
    pub access_key: Option<String>,
    /// Region of the signature's credential scope.
    pub region: Option<String>,
    /// Service of the signature's credential scope, for example `sqs`.
    pub service: Option<String>,
    /// `X-Amzn-Trace-Id`.
    pub trace: Option<String>,
}

impl Metadata {
    /// Reads a request that is signed in its header or, as presigned URLs are, in its query string.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
    pub fn of(head: &Parts) -> Self {
        let signed = Self::read(&head.headers);
        if signed.access_key.is_some() {
            return signed;
        }
        let url = Parameters::parse(&[head.uri.query().unwrap_or_default().as_bytes()]);
        let scope = url.get("X-Amz-Credential").unwrap_or_default();
        Self { trace: signed.trace, ..Self::scoped(scope) }
    }

    /// Reads the headers. `Authorization` holds `Credential=<key>/<date>/<region>/<service>/aws4_request`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
    pub fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let scope = text(AUTHORIZATION.as_str())
            .and_then(|signature| signature.split_once("Credential="))
            .map(|(_, rest)| rest.split(',').next().unwrap_or_default().trim())
            .unwrap_or_default();
        Self { trace: text("x-amzn-trace-id").map(str::to_owned), ..Self::scoped(scope) }
    }

    /// Reads a credential with its scope.
    fn scoped(scope: &str) -> Self {
        // From the right: an access key may hold slashes, the rest may not.
        let mut parts = scope.rsplitn(5, '/');
        let _termination = parts.next();
        let mut next = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
        let (service, region, _date, access_key) = (next(), next(), next(), next());
        Self { access_key, region, service, trace: None }
    }
}

/// Scheme, host and port that a request was sent to, without a slash at the end.
pub fn host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let header = headers.get(HOST).and_then(|host| host.to_str().ok());
    let authority = uri.authority().map(http::uri::Authority::as_str).or(header)?;
    Some(format!("{}://{authority}", uri.scheme_str().unwrap_or("http")))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, Uri};

    use super::{Metadata, host};

    #[test]
    fn signature_names_caller_and_region() {
        let mut headers = HeaderMap::new();
        let signature = "AWS4-HMAC-SHA256 Credential=AKIA/EXAMPLE/20250101/eu-west-1/sqs/aws4_request, \
                         SignedHeaders=host, Signature=00";
        headers.insert("authorization", HeaderValue::from_static(signature));
        headers.insert("x-amzn-trace-id", HeaderValue::from_static("Root=1-2-3"));
        let expected = Metadata {
            access_key: Some("AKIA/EXAMPLE".to_owned()),
            region: Some("eu-west-1".to_owned()),
            service: Some("sqs".to_owned()),
            trace: Some("Root=1-2-3".to_owned()),
        };
        assert_eq!(Metadata::read(&headers), expected);
    }

    #[test]
    fn missing_and_broken_signatures_say_nothing() {
        assert_eq!(Metadata::read(&HeaderMap::new()), Metadata::default());
        for broken in ["Bearer x", "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=,", "Credential=////"] {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", HeaderValue::from_static(broken));
            assert_eq!(Metadata::read(&headers), Metadata::default(), "{broken}");
        }
    }

    #[test]
    fn host_is_the_uris_or_the_headers() {
        let mut headers = HeaderMap::new();
        assert_eq!(host(&Uri::from_static("/"), &headers), None);
        headers.insert("host", HeaderValue::from_static("localhost:4566"));
        assert_eq!(host(&Uri::from_static("/"), &headers), Some("http://localhost:4566".to_owned()));
        let uri = Uri::from_static("https://sqs.us-east-1.amazonaws.com/1/q");
        assert_eq!(host(&uri, &headers), Some("https://sqs.us-east-1.amazonaws.com".to_owned()));
    }
}
