//! A `raw` step.

use redeliver_spec::{HttpStep, Pattern, Step};
use serde_json::{Map, Value};

use super::fill;
use super::judge::pick;
use super::retry::Retry;
use super::session::Session;
use super::steps::Frame;
use super::stop::Stop;
use crate::client::raw::{Parts, RawAnswer, RawRequest, Unfit};
use crate::finding::{Difference, Exchange, Failure};
use crate::matching::mismatches;

/// Sends until the expectation holds, once unless the step says `eventually`.
pub(super) async fn run(session: &Session<'_>, step: &Step, raw: &HttpStep, frame: &mut Frame) -> Result<(), Stop> {
    let input = input(step, raw, frame)?;
    let request = request(raw, &input).map_err(|unfit| unfit_part(&unfit, step))?;
    let expected =
        fill::pattern(&Value::Object(raw.answer.clone()), &frame.scope, &format!("{}/answer", step.pointer))?;
    let call = format!("raw:{} {}", raw.method, input.get("path").and_then(Value::as_str).unwrap_or("/"));
    let place = Place { step, raw, expected: &expected, call: &call, input: Value::Object(input) };
    let mut retry = Retry::new(session, raw.eventually);
    loop {
        let answer = session.exchange(frame.process, (raw.service, &call), &place.input, &request).await?;
        let failure = match place.judge(&answer).and_then(|()| place.saved(&answer)) {
            Ok(saved) => {
                frame.keep(saved);
                return Ok(());
            }
            Err(failure) => failure,
        };
        if retry.is_over() {
            return Err(failure.into());
        }
        retry.pause().await;
    }
}

/// The parts that the spec gives, with variables replaced.
fn input(step: &Step, raw: &HttpStep, frame: &Frame) -> Result<Map<String, Value>, Stop> {
    let at = |part: &str| format!("{}/raw/{part}", step.pointer);
    let mut input = Map::new();
    input.insert("method".to_owned(), raw.method.as_str().into());
    input.insert("path".to_owned(), fill::text(&raw.path, &frame.scope, &at("path"))?.into());
    if let Some(query) = &raw.query {
        input.insert("query".to_owned(), fill::parameters(query, &frame.scope, &at("query"))?);
    }
    let headers = Value::Object(raw.headers.clone());
    input.insert("headers".to_owned(), fill::parameters(&headers, &frame.scope, &at("headers"))?);
    if let Some(body) = &raw.body {
        input.insert("body".to_owned(), fill::parameters(body, &frame.scope, &at("body"))?);
    }
    input.insert("sign".to_owned(), raw.sign.as_str().into());
    Ok(input)
}

fn request(raw: &HttpStep, input: &Map<String, Value>) -> Result<RawRequest, Unfit> {
    let none = Map::new();
    RawRequest::new(&Parts {
        service: raw.service,
        method: &raw.method,
        path: input.get("path").and_then(Value::as_str).unwrap_or("/"),
        query: input.get("query"),
        headers: input.get("headers").and_then(Value::as_object).unwrap_or(&none),
        body: input.get("body"),
        sign: raw.sign,
    })
}

fn unfit_part(unfit: &Unfit, step: &Step) -> Stop {
    let Unfit { pointer, expected, seen } = unfit;
    let difference = Difference { at: String::new(), expected: expected.clone(), seen: seen.clone() };
    Stop::Broken(Box::new(Failure {
        title: "a value that an earlier step saved does not fit".to_owned(),
        pointer: format!("{}/raw{pointer}", step.pointer),
        differences: vec![difference],
        exchange: None,
        witness: Vec::new(),
    }))
}

/// What a failure is about.
struct Place<'a> {
    step: &'a Step,
    raw: &'a HttpStep,
    /// The pattern, variables replaced.
    expected: &'a Pattern,
    call: &'a str,
    input: Value,
}

impl Place<'_> {
    fn judge(&self, answer: &RawAnswer) -> Result<(), Box<Failure>> {
        // Without a status of its own, the pattern is for a success.
        if !self.raw.answer.contains_key("status") && !answer.is_success() {
            let (code, message) = answer.error();
            let seen = format!("status {}: `{code}` {message}", answer.status());
            let difference = Difference { at: "/status".to_owned(), expected: "a success".to_owned(), seen };
            return Err(self.failure(
                format!("`{}` failed with `{code}`", self.call),
                "/raw",
                vec![difference],
                answer,
            ));
        }
        let found = mismatches(self.expected, Some(answer.value()));
        let Some(first) = found.first() else { return Ok(()) };
        let below = format!("/answer{}", first.pattern);
        let differences = found.into_iter().map(Difference::from).collect();
        Err(self.failure(format!("`{}` answered something else", self.call), &below, differences, answer))
    }

    fn saved(&self, answer: &RawAnswer) -> Result<Vec<(String, Value)>, Box<Failure>> {
        pick(&self.raw.save, answer.value(), self.call, |title, below, differences| {
            self.failure(title, below, differences, answer)
        })
    }

    fn failure(&self, title: String, below: &str, differences: Vec<Difference>, answer: &RawAnswer) -> Box<Failure> {
        Box::new(Failure {
            title,
            pointer: format!("{}{below}", self.step.pointer),
            differences,
            exchange: Some(Exchange {
                call: self.call.to_owned(),
                input: self.input.clone(),
                status: answer.status(),
                output: answer.value().clone(),
            }),
            witness: Vec::new(),
        })
    }
}
