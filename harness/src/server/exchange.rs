//! One request and its response.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::HOST;
use http::request::Parts;
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use hyper::body::Incoming;
use redeliver_chaos::Told;
use redeliver_chaos::failpoints::{AFTER_EFFECT, AFTER_UPSTREAM, BEFORE_ANSWER, BEFORE_EFFECT, hit};
use redeliver_wire::{Dialect, Error, Metadata, Received, record};
use tokio::time::Instant;
use tracing::{enabled, info};

use super::history::End;
use super::seen::{self, Said};
use super::{Auth, Shared, auth, identity};
use crate::chaos::{SharedChaos, Unanswered, drive, fault};
use crate::control;
use crate::pipeline::{call, encode, receive};
use crate::proxy::Upstream;
use crate::webhook::certificate;

/// How plans call clients that do not sign.
const SOMEBODY: &str = "client";

/// No answer: the connection is to be closed without one, a stream of HTTP/2 reset.
#[derive(Debug, thiserror::Error)]
#[error("a fault took the answer")]
pub(super) struct Unheard;

/// Answers a request; whatever goes wrong is a response too, unless a fault is to take it.
pub(super) async fn exchange(shared: &Shared, request: Request<Incoming>) -> Result<Response<Bytes>, Unheard> {
    if !enabled!(tracing::Level::INFO) {
        return answer(shared, request, &mut None).await;
    }
    let start = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut operation = None;
    let response = answer(shared, request, &mut operation).await;
    let (status, micros) =
        (response.as_ref().map_or(0, |response| response.status().as_u16()), start.elapsed().as_micros());
    info!(target: "redeliver::access", %method, path, operation, status, micros);
    response
}

async fn answer(
    shared: &Shared,
    request: Request<Incoming>,
    named: &mut Option<&'static str>,
) -> Result<Response<Bytes>, Unheard> {
    let (mut head, body) = request.into_parts();
    let body = match shared.room.read(body, &shared.bounds).await {
        Ok(body) => body,
        Err(refusal) => return Ok(refusal.response()),
    };
    if control::is_asked(head.uri.path()) {
        return Ok(control::answer(shared, &head, &body.bytes));
    }
    if shared.upstream.is_none()
        && let Some(certificate) = certificate(&head)
    {
        return Ok(certificate);
    }
    complete_uri(shared, &mut head);
    let received = receive(&head, &body.bytes);
    *named = received.operation.map(|operation| operation.name);
    if let Some(upstream) = &shared.upstream {
        return pass_on(shared, upstream, head, body.bytes.clone(), &received).await;
    }
    let request_id = shared.engine.request_id();
    if let Err(denied) = admit(shared, &head, &body.bytes, &received) {
        return Ok(encode(received.dialect, Err(denied), &request_id).map(Bytes::from));
    }
    if received.operation.is_none() && identity::is_asked(&head, &body.bytes) {
        *named = Some("GetCallerIdentity");
        return Ok(identity::response(&shared.home.caller_of(&head), &request_id));
    }
    match shared.between.chaos() {
        Some(chaos) => amid_faults(shared, &chaos, head, body.bytes.clone(), &received).await,
        None => carry_out(shared, &head, &body.bytes, received, &request_id).await,
    }
}

/// Passes a fail point: one that is armed takes the answer.
fn lives(point: &str) -> Result<(), Unheard> {
    if hit(point) { Err(Unheard) } else { Ok(()) }
}

/// Carries out a call and notes it in the history.
async fn carry_out(
    shared: &Shared,
    head: &Parts,
    body: &Bytes,
    received: Received,
    request_id: &str,
) -> Result<Response<Bytes>, Unheard> {
    let noted = seen::begin(shared, head, body, &received);
    let Received { dialect, command, .. } = received;
    lives(BEFORE_EFFECT)?;
    let outcome = call(&shared.engine, &shared.home, head, command).await;
    lives(AFTER_EFFECT)?;
    let Some(noted) = noted else { return Ok(encode(dialect, outcome, request_id).map(Bytes::from)) };
    let end = match &outcome {
        Ok(answered) if answered.events.is_none() && matches!(dialect, Dialect::Json(_)) => None,
        Ok(answered) => Some(End::Ok(record::reply(answered.reply.clone()).into())),
        Err(error @ Error::Service(_)) => {
            let told = error.describe();
            Some(End::Fail { code: told.code.into(), message: told.message.unwrap_or_default() })
        }
        Err(error) => Some(End::Info(error.to_string())),
    };
    let response = encode(dialect, outcome, request_id).map(Bytes::from);
    noted.end(end.unwrap_or_else(|| End::Ok(response.body().as_ref().into())));
    lives(BEFORE_ANSWER)?;
    Ok(response)
}

/// Carries out a call amid faults. The history has it as its client sees it: a reply that was lost is none.
async fn amid_faults(
    shared: &Shared,
    chaos: &SharedChaos,
    head: Parts,
    body: Bytes,
    received: &Received,
) -> Result<Response<Bytes>, Unheard> {
    let noted = seen::begin(shared, &head, &body, received);
    let consumer = Metadata::of(&head).access_key.unwrap_or_else(|| SOMEBODY.to_owned());
    let told = |told: Told| {
        if let Some(noted) = &noted {
            noted.fault(fault(told));
        }
    };
    let request = Request::from_parts(head, body);
    let answered = drive(chaos, &consumer, request, |request| reach(shared, request), Some(&told));
    let answered = answered.await;
    if let Some(noted) = noted {
        noted.end(match &answered {
            Ok(response) => seen::end(received, response),
            Err(_) => End::Info("no answer came".to_owned()),
        });
    }
    answered.map_err(|_: Unanswered<Unheard>| Unheard)
}

/// Passes a request on to another backend, amid faults where there are any.
async fn pass_on(
    shared: &Shared,
    upstream: &Upstream,
    head: Parts,
    body: Bytes,
    received: &Received,
) -> Result<Response<Bytes>, Unheard> {
    if let Some(chaos) = shared.between.chaos() {
        return amid_faults(shared, &chaos, head, body, received).await;
    }
    let noted = seen::begin(shared, &head, &body, received);
    let own = own(shared, &head);
    let response = upstream.send(Request::from_parts(head, body), &own).await;
    lives(AFTER_UPSTREAM)?;
    if let Some(noted) = noted {
        noted.end(seen::end(received, &response));
    }
    Ok(response)
}

/// Scheme, host and port at which a client has asked.
fn own(shared: &Shared, head: &Parts) -> String {
    let named = || head.headers.get(HOST)?.to_str().ok();
    let scheme = if shared.secure { Scheme::HTTPS } else { Scheme::HTTP };
    match head.uri.authority().map(Authority::as_str).or_else(named) {
        Some(host) => format!("{scheme}://{host}"),
        None => shared.url.clone(),
    }
}

/// Takes a request to the world, or to the backend in its place.
async fn reach(shared: &Shared, request: Request<Bytes>) -> Result<Response<Bytes>, Unheard> {
    if let Some(upstream) = &shared.upstream {
        let (head, body) = request.into_parts();
        let own = own(shared, &head);
        let response = upstream.send(Request::from_parts(head, body), &own).await;
        lives(AFTER_UPSTREAM)?;
        return Ok(response);
    }
    let (head, body) = request.into_parts();
    let Received { dialect, command, .. } = receive(&head, &body);
    lives(BEFORE_EFFECT)?;
    let outcome = call(&shared.engine, &shared.home, &head, command).await;
    lives(AFTER_EFFECT)?;
    let said = match &outcome {
        Ok(answered) if !matches!(dialect, Dialect::Json(_)) => {
            Some(Said(record::reply(answered.reply.clone()).into()))
        }
        _ => None,
    };
    let mut response = encode(dialect, outcome, &shared.engine.request_id()).map(Bytes::from);
    if let Some(said) = said {
        response.extensions_mut().insert(said);
    }
    lives(BEFORE_ANSWER)?;
    Ok(response)
}

/// Whether the signature is taken.
#[expect(
    clippy::disallowed_methods,
    reason = "clients sign with the time of their own clocks, however far this one was put ahead"
)]
fn admit(shared: &Shared, head: &Parts, body: &[u8], received: &Received) -> Result<(), Error> {
    let Auth::Verify(keys) = &shared.auth else { return Ok(()) };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).as_ref().map_or(0, Duration::as_secs);
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    auth::admit(keys, now, head, body, received)
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
