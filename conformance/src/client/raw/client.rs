//! Sends requests with exact bytes to a target.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::Request;
use http::uri::{Authority, Scheme};
use redeliver::Harness;
use redeliver::server::Keys;
use redeliver_model::Service;

use super::{RawAnswer, RawRequest, sign, socket};
use crate::client::NoReply;
use crate::target::{Addresses, Manifest};

/// How long an answer may take: longer than the longest long poll.
const PATIENCE: Duration = Duration::from_secs(50);

/// Sends requests with exact bytes to a target.
#[derive(Debug)]
pub(crate) struct RawClient {
    way: Way,
    access_key: String,
    secret: String,
    token: Option<String>,
    region: String,
}

/// Where requests go.
#[derive(Debug)]
enum Way {
    /// To the reference in this process, which takes signatures of these keys alone.
    InProcess(Harness, Keys),
    /// To the address of the service.
    Remote(Addresses),
}

impl RawClient {
    /// A client of the reference in this process.
    pub(crate) fn in_process(manifest: &Manifest, harness: Harness) -> Self {
        let credentials = &manifest.credentials;
        let key = format!("{}:{}", credentials.access_key_id, credentials.secret_access_key);
        // Without a key every request is refused, and says why.
        Self::new(manifest, Way::InProcess(harness, key.parse().unwrap_or_default()))
    }

    /// A client that sends to these addresses alone.
    pub(crate) fn remote(manifest: &Manifest, addresses: &Addresses) -> Self {
        Self::new(manifest, Way::Remote(addresses.clone()))
    }

    fn new(manifest: &Manifest, way: Way) -> Self {
        let credentials = &manifest.credentials;
        Self {
            way,
            access_key: credentials.access_key_id.clone(),
            secret: credentials.secret_access_key.clone(),
            token: credentials.session_token.clone(),
            region: manifest.region.clone(),
        }
    }

    /// Signs and sends.
    pub(crate) async fn send(&self, request: &RawRequest) -> Result<RawAnswer, NoReply> {
        let authority = self.authority(request.service)?;
        let signer = sign::Signer {
            access_key: &self.access_key,
            secret: &self.secret,
            token: self.token.as_deref(),
            region: &self.region,
            now: self.now(),
            host: authority.as_str(),
        };
        let service = request.service;
        let request = signer.sign(request).map_err(NoReply::NotSent)?;
        let answered = async {
            match &self.way {
                Way::InProcess(harness, keys) => Ok(harness.respond_verified(absolute(request, authority), keys).await),
                Way::Remote(addresses) => socket::exchange(addresses.of(service), request).await,
            }
        };
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(response) => response.map(RawAnswer::new),
            Err(_) => Err(NoReply::Lost(format!("none within {} s", PATIENCE.as_secs()))),
        }
    }

    /// The value of `Host`, as the SDK sends it to the same target.
    fn authority(&self, service: Service) -> Result<Authority, NoReply> {
        let text = match &self.way {
            Way::InProcess(..) => {
                let domain = if self.region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
                format!("{}.{}.{domain}", service.prefix(), self.region)
            }
            Way::Remote(addresses) => addresses.of(service).authority(),
        };
        text.parse().map_err(|_| NoReply::NotSent(format!("`{text}` is not a host")))
    }

    #[expect(clippy::disallowed_methods, reason = "a service with a real clock takes no other signature")]
    fn now(&self) -> SystemTime {
        match &self.way {
            Way::InProcess(harness, _) => UNIX_EPOCH + Duration::from_millis(harness.clock().now().as_millis()),
            Way::Remote(_) => SystemTime::now(),
        }
    }
}

/// The SDK's in-process requests carry the whole URL, which the reference makes queue URLs of.
fn absolute(mut request: Request<Bytes>, authority: Authority) -> Request<Bytes> {
    let mut parts = request.uri().clone().into_parts();
    parts.scheme = Some(Scheme::HTTPS);
    parts.authority = Some(authority);
    *request.uri_mut() = http::Uri::from_parts(parts).expect("scheme, authority and path are all there");
    request
}
