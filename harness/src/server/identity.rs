//! `sts:GetCallerIdentity`, which users of SDKs ask first to see whether they are let in.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderValue, Response};
use redeliver_core::Caller;

/// Whether this is a call of `GetCallerIdentity`, in a form or in a URL.
pub(super) fn is_asked(head: &Parts, body: &[u8]) -> bool {
    let asks = |text: &str| text.split('&').any(|pair| pair == "Action=GetCallerIdentity");
    head.uri.query().is_some_and(asks) || std::str::from_utf8(body).is_ok_and(asks)
}

/// The answer. Callers are users of their account: what else they may be is not known here.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
pub(super) fn response(caller: &Caller, request_id: &str) -> Response<Bytes> {
    let Caller { account, principal, .. } = caller;
    let partition = caller.partition();
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <GetCallerIdentityResult>\n    \
         <Arn>arn:{partition}:iam::{account}:user/redeliver</Arn>\n    <UserId>{principal}</UserId>\n    \
         <Account>{account}</Account>\n  </GetCallerIdentityResult>\n  <ResponseMetadata>\n    \
         <RequestId>{request_id}</RequestId>\n  </ResponseMetadata>\n</GetCallerIdentityResponse>\n"
    );
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
    response
}
