//! The certificate that signatures are checked with, where envelopes say that it is.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Method, Response};
use redeliver_core::sns::{CERTIFICATE, CERTIFICATE_PATH};

/// The certificate, if that is what is asked for.
pub(crate) fn certificate(head: &Parts) -> Option<Response<Bytes>> {
    let is_asked = matches!(head.method, Method::GET | Method::HEAD) && head.uri.path() == CERTIFICATE_PATH;
    is_asked.then(|| {
        let mut response = Response::new(Bytes::from_static(CERTIFICATE.as_bytes()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-x509-ca-cert"));
        response
    })
}
