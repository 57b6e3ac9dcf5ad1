//! The steps `endpoint` and `requests`.

use redeliver_spec::{EndpointStep, Pattern, RequestsStep, Step};
use serde_json::{Value, json};

use super::fill;
use super::judge::{differing, pick};
use super::retry::Retry;
use super::session::Session;
use super::steps::Frame;
use super::stop::Stop;
use crate::finding::{Difference, Exchange, Failure};
use crate::matching::mismatches;

/// Opens an endpoint, whose name becomes a variable, or changes what it answers.
pub(super) async fn open(session: &Session<'_>, endpoint: &EndpointStep, frame: &mut Frame) -> Result<(), Stop> {
    let EndpointStep { name, answers } = endpoint;
    let opened = session.endpoints().open(session.unique(), name, answers).await;
    let address = opened.map_err(|error| Stop::could_not_run(format!("no endpoint `{name}`: {error}")))?;
    frame.scope.set(name.clone(), address);
    Ok(())
}

/// Takes what came to an endpoint, once it is what was expected.
pub(super) async fn requests(
    session: &Session<'_>,
    step: &Step,
    requests: &RequestsStep,
    frame: &mut Frame,
) -> Result<(), Stop> {
    let name = &requests.name;
    let inbox = session.endpoints().inbox(name);
    let inbox = inbox.ok_or_else(|| Stop::could_not_run(format!("no endpoint `{name}` was opened")))?;
    let pattern = match &requests.ok {
        Some(pattern) => Some(fill::pattern(pattern, &frame.scope, &format!("{}/ok", step.pointer))?),
        None => None,
    };
    let call = format!("requests:{name}");
    let mut retry = Retry::new(session, requests.eventually);
    loop {
        let seen = inbox.requests();
        let fail = |title, below: &str, differences| failure(step, &call, &seen, title, below, differences);
        let matched = pattern.as_ref().map_or(Ok(()), |pattern| judge(pattern, &seen, name, fail));
        match matched.and_then(|()| pick(&requests.save, &seen, &call, fail)) {
            Ok(saved) => {
                inbox.forget(seen.get("Requests").and_then(Value::as_array).map_or(0, Vec::len));
                frame.keep(saved);
                return Ok(());
            }
            Err(failure) if retry.is_over() => return Err(failure.into()),
            Err(_) => retry.pause().await,
        }
    }
}

fn judge(
    pattern: &Pattern,
    seen: &Value,
    name: &str,
    fail: impl Fn(String, &str, Vec<Difference>) -> Box<Failure>,
) -> Result<(), Box<Failure>> {
    let found = mismatches(pattern, Some(seen));
    let failure = differing(found, "/ok", |differences, below| {
        fail(format!("something else came to `{name}`"), below, differences)
    });
    failure.map_or(Ok(()), Err)
}

fn failure(
    step: &Step,
    call: &str,
    seen: &Value,
    title: String,
    below: &str,
    differences: Vec<Difference>,
) -> Box<Failure> {
    Box::new(Failure {
        title,
        pointer: format!("{}{below}", step.pointer),
        differences,
        exchange: Some(Exchange { call: call.to_owned(), input: json!({}), status: 200, output: seen.clone() }),
        witness: Vec::new(),
    })
}
