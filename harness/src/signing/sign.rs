//! Signs a request.

use std::time::SystemTime;

use aws_credential_types::Credentials as Identity;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode,
    sign as instructions,
};
use aws_sigv4::sign::v4::SigningParams;
use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{Request, Uri};
use redeliver_wire::{Metadata, detect};

use super::Credentials;

/// What the old signature consists of, in headers.
const HEADERS: [&str; 4] = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"];

/// What it consists of in a URL, all of which begins so.
const PARAMETERS: &str = "X-Amz-";

/// The region of requests that name none.
const REGION: &str = "us-east-1";

/// Signs a request anew, for the region and service of the signature that it had. Its URL has to name a host.
pub(crate) fn sign(request: Request<Bytes>, credentials: &Credentials) -> Result<Request<Bytes>, String> {
    let (mut head, body) = request.into_parts();
    let Metadata { region, service, .. } = Metadata::of(&head);
    let asked = || detect(&head, &body).operation.ok().map(|operation| operation.service.prefix().to_owned());
    let service = service.or_else(asked).unwrap_or_else(|| "sqs".to_owned());
    for name in HEADERS {
        head.headers.remove(name);
    }
    head.uri = unsigned(head.uri)?;
    let region = region.unwrap_or_else(|| REGION.to_owned());
    sign_with(Request::from_parts(head, body), credentials, (&region, &service), SigningSettings::default())
}

/// Signs a request that puts an object into a bucket, the path of which is encoded already.
pub(crate) fn sign_put(
    request: Request<Bytes>,
    credentials: &Credentials,
    region: &str,
) -> Result<Request<Bytes>, String> {
    let mut settings = SigningSettings::default();
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    sign_with(request, credentials, (region, "s3"), settings)
}

fn sign_with(
    mut request: Request<Bytes>,
    credentials: &Credentials,
    (region, service): (&str, &str),
    settings: SigningSettings,
) -> Result<Request<Bytes>, String> {
    let Credentials { access_key, secret, token } = credentials;
    let identity = Identity::new(access_key, secret, token.clone(), None, "redeliver").into();
    let params = SigningParams::builder().identity(&identity).region(region);
    let params = params.name(service).time(now()).settings(settings).build();
    let params = params.map_err(|error| error.to_string())?.into();
    let url = request.uri().to_string();
    let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let signable = SignableRequest::new(request.method().as_str(), url, headers, SignableBody::Bytes(request.body()));
    let signed = signable.and_then(|signable| instructions(signable, &params)).map_err(|error| error.to_string())?;
    signed.into_parts().0.apply_to_request_http1x(&mut request);
    Ok(request)
}

/// The URL without a signature in it.
fn unsigned(uri: Uri) -> Result<Uri, String> {
    let Some(query) = uri.query().filter(|query| query.contains(PARAMETERS)) else { return Ok(uri) };
    let kept: Vec<_> = query.split('&').filter(|pair| !pair.starts_with(PARAMETERS)).collect();
    let path = if kept.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), kept.join("&")) };
    let mut parts = uri.into_parts();
    parts.path_and_query = Some(path.parse::<PathAndQuery>().map_err(|error| error.to_string())?);
    Uri::from_parts(parts).map_err(|error| error.to_string())
}

#[expect(clippy::disallowed_methods, reason = "backends check signatures by the time of their own clocks")]
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;

    use super::{Credentials, sign};

    #[test]
    fn old_signature_is_gone_and_its_scope_is_kept() {
        let old =
            "AWS4-HMAC-SHA256 Credential=OLD/20250101/eu-west-1/sns/aws4_request, SignedHeaders=host, Signature=00";
        let request = Request::post("https://h:5/?X-Amz-Signature=1&A=b&X-Amz-Date=2")
            .header("authorization", old)
            .header("x-amz-security-token", "old")
            .header("x-amz-content-sha256", "old")
            .body(Bytes::from_static(b"x"))
            .unwrap();
        let signed = sign(request, &Credentials::new("NEW", "secret", Some("new"))).unwrap();
        assert_eq!(signed.uri(), "https://h:5/?A=b");
        let told = signed.headers()["authorization"].to_str().unwrap();
        assert!(told.contains("Credential=NEW/") && told.contains("/eu-west-1/sns/aws4_request"), "{told}");
        assert_eq!(signed.headers()["x-amz-security-token"], "new");
        assert!(!signed.headers().contains_key("x-amz-content-sha256"));
    }

    #[test]
    fn request_without_a_signature_is_signed_for_what_it_asks() {
        let request = Request::post("http://h/").header("content-type", "application/x-www-form-urlencoded");
        let body = Bytes::from_static(b"Action=Publish&Message=m");
        let signed = sign(request.body(body).unwrap(), &Credentials::new("K", "s", None)).unwrap();
        let told = signed.headers()["authorization"].to_str().unwrap();
        assert!(told.contains("/us-east-1/sns/aws4_request"), "{told}");
    }
}
