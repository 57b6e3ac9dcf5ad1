//! From requests to what answers them.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode};
use serde_json::{Value, json};

use super::problem::Problem;
use super::{about, access, chaos, circumstances, clock, effects, outbox, reply, state};
use crate::engine::Engine;
use crate::server::Shared;

/// All paths begin with this; no queue's URL does, since accounts are digits.
const PREFIX: &str = "/_redeliver";

/// The document that describes the API.
const OPENAPI: &str = include_str!("openapi.json");

/// What answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    Health,
    Version,
    ReadClock,
    ChangeClock,
    State,
    Outbox,
    ReadCircumstances,
    ChangeCircumstances,
    History,
    ReadEffects,
    TellEffects,
    ReadChaos,
    BeginChaos,
    EndChaos,
    Reset,
    Document,
}

/// Every method and path below the prefix.
const ROUTES: [(&Method, &str, Route); 16] = [
    (&Method::GET, "/health", Route::Health),
    (&Method::GET, "/version", Route::Version),
    (&Method::GET, "/clock", Route::ReadClock),
    (&Method::POST, "/clock", Route::ChangeClock),
    (&Method::GET, "/state", Route::State),
    (&Method::GET, "/outbox", Route::Outbox),
    (&Method::GET, "/circumstances", Route::ReadCircumstances),
    (&Method::POST, "/circumstances", Route::ChangeCircumstances),
    (&Method::GET, "/history", Route::History),
    (&Method::GET, "/effects", Route::ReadEffects),
    (&Method::POST, "/effects", Route::TellEffects),
    (&Method::GET, "/chaos", Route::ReadChaos),
    (&Method::PUT, "/chaos", Route::BeginChaos),
    (&Method::DELETE, "/chaos", Route::EndChaos),
    (&Method::POST, "/reset", Route::Reset),
    (&Method::GET, "/openapi.json", Route::Document),
];

/// Whether a request is one of the control API.
pub(crate) fn is_asked(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request of the control API.
pub(crate) fn answer(shared: &Shared, head: &Parts, body: &[u8]) -> Response<Bytes> {
    let path = head.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let answered = if shared.control {
        access::check(head, &shared.control_hosts)
            .and_then(|()| find(&head.method, path))
            .and_then(|route| respond(route, shared, head.uri.query().unwrap_or_default(), body))
    } else {
        Err(Problem::not_found("the control API is switched off"))
    };
    answered.unwrap_or_else(|problem| problem.response())
}

fn find(method: &Method, path: &str) -> Result<Route, Problem> {
    let here: Vec<_> = ROUTES.iter().filter(|(_, found, _)| *found == path).collect();
    if here.is_empty() {
        let remedy = format!("see {PREFIX}/openapi.json");
        return Err(Problem::not_found(format!("`{PREFIX}{path}` is no path of the control API: {remedy}")));
    }
    let found =
        here.iter().find(|(allowed, ..)| *allowed == method || (*allowed == Method::GET && method == Method::HEAD));
    found.map(|(.., route)| *route).ok_or_else(|| {
        let allowed: Vec<_> = here.iter().map(|(allowed, ..)| allowed.as_str()).collect();
        Problem::method_not_allowed(format!("`{PREFIX}{path}` is not for {method}: use {}", allowed.join(" or ")))
    })
}

fn respond(route: Route, shared: &Shared, query: &str, body: &[u8]) -> Result<Response<Bytes>, Problem> {
    let engine = &shared.engine;
    let ok = |value: Value| Ok(reply::json(StatusCode::OK, &value));
    if shared.upstream.is_some()
        && matches!(
            route,
            Route::ReadClock
                | Route::ChangeClock
                | Route::State
                | Route::Outbox
                | Route::ReadCircumstances
                | Route::ChangeCircumstances
        )
    {
        return Err(Problem::not_found(
            "a proxy has neither a clock nor queues, keys or an outbox of its own: ask the backend",
        ));
    }
    match route {
        Route::Health => ok(about::health()),
        Route::Version => ok(about::version()),
        Route::ReadClock => ok(clock::read(engine)),
        Route::ChangeClock => ok(clock::change(engine, body)?),
        Route::State => ok(state::read(engine, query)?),
        Route::Outbox => ok(outbox::read(engine)),
        Route::ReadCircumstances => ok(circumstances::read(engine)),
        Route::ChangeCircumstances => ok(circumstances::change(engine, &shared.home, body)?),
        Route::History => history(shared),
        Route::ReadEffects => ok(effects::read(shared)?),
        Route::TellEffects => ok(effects::tell(shared, body)?),
        Route::ReadChaos => ok(chaos::read(&shared.between)),
        Route::BeginChaos => ok(chaos::begin(&shared.between, seed(engine), body)?),
        Route::EndChaos => ok(chaos::end(&shared.between)),
        Route::Reset => ok(reset(shared)),
        Route::Document => Ok(reply::text(StatusCode::OK, "application/json", OPENAPI)),
    }
}

fn history(shared: &Shared) -> Result<Response<Bytes>, Problem> {
    if !shared.history.is_kept() {
        return Err(Problem::no_history());
    }
    let (lines, dropped) = shared.history.lines(&shared.engine, &shared.url, seed(&shared.engine));
    let mut response = reply::text(StatusCode::OK, "application/x-ndjson", lines);
    response.headers_mut().insert("redeliver-dropped", HeaderValue::from(dropped));
    Ok(response)
}

/// The seed of the world.
fn seed(engine: &Engine) -> u64 {
    engine.steer(|state, _| state.seed())
}

/// Everything as right after the start, in real time.
fn reset(shared: &Shared) -> Value {
    let now = shared.engine.reset();
    shared.between.anew();
    shared.history.clear(now);
    json!({ "now_ms": now.as_millis() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use http::Method;
    use serde_json::Value;

    use super::{OPENAPI, PREFIX, ROUTES, Route, find, is_asked};

    #[test]
    fn document_describes_exactly_the_routes() {
        let document: Value = serde_json::from_str(OPENAPI).unwrap();
        let paths = document["paths"].as_object().unwrap();
        let methods = |(path, item): (&String, &Value)| {
            item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
        };
        let described: BTreeSet<_> = paths.iter().flat_map(methods).collect();
        let routed: BTreeSet<_> =
            ROUTES.iter().map(|(method, path, _)| (method.to_string(), format!("{PREFIX}{path}"))).collect();
        assert_eq!(described, routed);
    }

    #[test]
    fn document_is_whole() {
        let document: Value = serde_json::from_str(OPENAPI).unwrap();
        assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
        let mut references = Vec::new();
        collect(&document, &mut references);
        assert!(references.len() > 8, "{references:?}");
        for reference in references {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
    }

    fn collect(value: &Value, references: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                references.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|member| collect(member, references));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
            _ => {}
        }
    }

    #[test]
    fn requests_find_their_route() {
        assert_eq!(find(&Method::POST, "/clock"), Ok(Route::ChangeClock));
        assert_eq!(find(&Method::HEAD, "/health"), Ok(Route::Health));
        assert!(find(&Method::DELETE, "/clock").is_err() && find(&Method::GET, "/clocks").is_err());
        let asked =
            ["/_redeliver", "/_redeliver/health", "/_redelivery/x", "/000000000000/_redeliver", "/"].map(is_asked);
        assert_eq!(asked, [true, true, false, false, false]);
    }
}
