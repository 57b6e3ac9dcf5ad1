//! Signatures, right and wrong ones.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use aws_sdk_sqs::config::Credentials;
use aws_sigv4::http_request::{
    SignableBody, SignableRequest, SignatureLocation, SigningInstructions, SigningSettings, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use bytes::Bytes;
use http::header::HOST;
use http::{HeaderName, HeaderValue, Request};
use redeliver_spec::Signing;

use super::{RawRequest, form};

/// How long a presigned request is good for.
const PRESIGNED: Duration = Duration::from_mins(5);
/// Signatures are good for 15 minutes: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
const STALE: Duration = Duration::from_mins(20);
/// An access key of the form that AWS gives out, and that nobody has.
const UNKNOWN_KEY: &str = "AKIAREDELIVERUNKNOWN";

/// What signatures are made of.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    /// Access key id.
    pub(super) access_key: &'a str,
    /// Secret access key.
    pub(super) secret: &'a str,
    /// Session token, of credentials that have one.
    pub(super) token: Option<&'a str>,
    /// Region of the scope.
    pub(super) region: &'a str,
    /// What time it is.
    pub(super) now: SystemTime,
    /// The value of `Host`.
    pub(super) host: &'a str,
}

impl Signer<'_> {
    /// The request with its host and the signature that it asks for.
    pub(super) fn sign(&self, request: &RawRequest) -> Result<Request<Bytes>, String> {
        let mut signed = request.http.clone();
        let host = HeaderValue::from_str(self.host).map_err(|error| error.to_string())?;
        signed.headers_mut().insert(HOST, host);
        if request.sign != Signing::None {
            let instructions = self.instructions(request, &signed)?;
            apply(&mut signed, instructions)?;
        }
        Ok(signed)
    }

    fn instructions(&self, raw: &RawRequest, request: &Request<Bytes>) -> Result<SigningInstructions, String> {
        let (key, secret) = match raw.sign {
            Signing::WrongSecret => (self.access_key, "not-the-secret"),
            Signing::UnknownKey => (UNKNOWN_KEY, self.secret),
            _ => (self.access_key, self.secret),
        };
        let time = match raw.sign {
            Signing::Stale => self.now - STALE,
            Signing::Expired => self.now - PRESIGNED - Duration::from_mins(1),
            _ => self.now,
        };
        let mut settings = SigningSettings::default();
        if matches!(raw.sign, Signing::Presigned | Signing::Expired) {
            settings.signature_location = SignatureLocation::QueryParams;
            settings.expires_in = Some(PRESIGNED);
        }
        let identity =
            Identity::from(Credentials::new(key, secret, self.token.map(str::to_owned), None, "target manifest"));
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.region)
            .name(raw.service.prefix())
            .time(time)
            .settings(settings)
            .build()
            .map_err(|error| error.to_string())?;
        let headers: Vec<_> = request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
            .collect();
        let url = format!("http://{}{}", self.host, request.uri());
        let body = match raw.sign {
            Signing::OtherBody => Cow::Owned([request.body(), &b" "[..]].concat()),
            _ => Cow::Borrowed(&request.body()[..]),
        };
        let headers = headers.iter().map(|(name, value)| (*name, value.as_ref()));
        let signable = SignableRequest::new(request.method().as_str(), url, headers, SignableBody::Bytes(&body))
            .map_err(|error| error.to_string())?;
        let (instructions, _) = sign(signable, &params.into()).map_err(|error| error.to_string())?.into_parts();
        Ok(instructions)
    }
}

fn apply(request: &mut Request<Bytes>, instructions: SigningInstructions) -> Result<(), String> {
    let (headers, params) = instructions.into_parts();
    for header in headers {
        let value = HeaderValue::from_str(header.value()).map_err(|error| error.to_string())?;
        request.headers_mut().insert(HeaderName::from_static(header.name()), value);
    }
    if !params.is_empty() {
        let more = params.iter().map(|(name, value)| format!("{name}={}", form::escape(value)));
        let more = more.collect::<Vec<_>>().join("&");
        let joined = if request.uri().query().is_some() { "&" } else { "?" };
        *request.uri_mut() = format!("{}{joined}{more}", request.uri())
            .parse()
            .map_err(|error: http::uri::InvalidUri| error.to_string())?;
    }
    Ok(())
}
