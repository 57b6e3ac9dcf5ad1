//! One request and its response.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::HOST;
use http::request::Parts;
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use hyper::body::Incoming;
use redeliver_wire::{Dialect, Error, Received, record};
use tokio::time::Instant;
use tracing::{enabled, info};

use super::history::End;
use super::{Auth, Shared, auth, identity};
use crate::control;
use crate::pipeline::{call, encode, receive};

/// Answers a request; whatever goes wrong is a response too.
pub(super) async fn exchange(shared: &Shared, request: Request<Incoming>) -> Response<Bytes> {
    if !enabled!(tracing::Level::INFO) {
        return answer(shared, request, &mut None).await;
    }
    let start = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut operation = None;
    let response = answer(shared, request, &mut operation).await;
    let (status, micros) = (response.status().as_u16(), start.elapsed().as_micros());
    info!(target: "redeliver::access", %method, path, operation, status, micros);
    response
}

async fn answer(shared: &Shared, request: Request<Incoming>, named: &mut Option<&'static str>) -> Response<Bytes> {
    let (mut head, body) = request.into_parts();
    let body = match shared.room.read(body, &shared.bounds).await {
        Ok(body) => body,
        Err(refusal) => return refusal.response(),
    };
    if control::is_asked(head.uri.path()) {
        return control::answer(shared, &head, &body.bytes);
    }
    complete_uri(shared, &mut head);
    let received = receive(&head, &body.bytes);
    *named = received.operation.map(|operation| operation.name);
    let request_id = shared.engine.request_id();
    if let Err(denied) = admit(shared, &head, &body.bytes, received.dialect) {
        return encode(received.dialect, Err(denied), &request_id).map(Bytes::from);
    }
    if received.operation.is_none() && identity::is_asked(&head, &body.bytes) {
        *named = Some("GetCallerIdentity");
        return identity::response(&shared.home.caller_of(&head), &request_id);
    }
    carry_out(shared, &head, &body.bytes, received, &request_id).await
}

/// Carries out a call and notes it in the history.
async fn carry_out(
    shared: &Shared,
    head: &Parts,
    body: &[u8],
    received: Received,
    request_id: &str,
) -> Response<Bytes> {
    let Received { dialect, operation, command } = received;
    let is_json = matches!(dialect, Dialect::Json(_));
    // What never became a command is no call.
    let noted = operation.filter(|_| command.is_ok() && shared.history.is_kept()).map(|operation| {
        // A copy: the body is a slice of the connection's buffer and would keep all of that.
        let input = if is_json { body.to_vec() } else { record::parameters(head, body).unwrap_or_default() };
        shared.history.invoke(&shared.engine, operation.name, input)
    });
    let outcome = call(&shared.engine, &shared.home, head, command).await;
    let Some(noted) = noted else { return encode(dialect, outcome, request_id).map(Bytes::from) };
    let end = match &outcome {
        Ok(_) if is_json => None,
        Ok(reply) => Some(End::Ok(record::reply(reply.clone()).into())),
        Err(error @ Error::Service(_)) => {
            let told = error.describe();
            Some(End::Fail { code: told.code, message: told.message.unwrap_or_default() })
        }
        Err(error) => Some(End::Info(error.to_string())),
    };
    let response = encode(dialect, outcome, request_id).map(Bytes::from);
    noted.end(end.unwrap_or_else(|| End::Ok(response.body().clone())));
    response
}

/// Whether the signature is taken.
#[expect(
    clippy::disallowed_methods,
    reason = "clients sign with the time of their own clocks, however far this one was put ahead"
)]
fn admit(shared: &Shared, head: &Parts, body: &[u8], dialect: Dialect) -> Result<(), Error> {
    let Auth::Verify(keys) = &shared.auth else { return Ok(()) };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).as_ref().map_or(0, Duration::as_secs);
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    auth::admit(keys, now, head, body, dialect)
}

/// Puts scheme and host into the URI where it has none: queue URLs begin with them.
fn complete_uri(shared: &Shared, head: &mut Parts) {
    let has_host = head.uri.authority().is_some() || head.headers.contains_key(HOST);
    if !shared.secure && has_host {
        return;
    }
    let scheme = if shared.secure { Scheme::HTTPS } else { Scheme::HTTP };
    let own = || shared.url.split_once("://").and_then(|(_, host)| host.parse().ok());
    let host = head.headers.get(HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
    let mut parts = std::mem::take(&mut head.uri).into_parts();
    parts.authority = parts.authority.or(host).or_else(own);
    parts.scheme = Some(scheme);
    parts.path_and_query.get_or_insert_with(|| http::uri::PathAndQuery::from_static("/"));
    // An authority, a scheme and a path make a URI.
    head.uri = Uri::from_parts(parts).unwrap_or_default();
}
