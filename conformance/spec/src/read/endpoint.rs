//! HTTP endpoints beside the runner, and what came there.

use std::time::Duration;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Reading;
use crate::lint;
use crate::place::child;
use crate::raw::{RawHookAnswer, RawPointer, RawStep, RawVariable};
use crate::schema::noun;
use crate::step::REQUEST_PARTS;
use crate::template::is_operator;
use crate::words::nearest;
use crate::{EndpointStep, HookAnswer, RequestsStep};

/// The one key of what `requests` gives.
const REQUESTS: &str = "Requests";

/// Longest time for an answer: AWS waits for 15 seconds.
const AFTER_MAX: Duration = Duration::from_mins(1);

impl Reading<'_> {
    pub(super) fn endpoint(&mut self, step: RawStep, pointer: &str) -> Option<EndpointStep> {
        let name = step.endpoint?.0;
        let at = format!("{pointer}/answers");
        let given = step.answers.unwrap_or_default().into_iter().enumerate();
        let mut answers: Vec<_> =
            given.map(|(index, answer)| self.hook_answer(&answer, &format!("{at}/{index}"))).collect();
        if answers.is_empty() {
            answers.push(HookAnswer { status: 200, after: Duration::ZERO, times: 1 });
        }
        Some(EndpointStep { name, answers })
    }

    fn hook_answer(&mut self, raw: &RawHookAnswer, pointer: &str) -> HookAnswer {
        let at = format!("{pointer}/after");
        let after = self.duration(raw.after.as_ref(), &at).unwrap_or_default();
        if after > AFTER_MAX {
            let remedy = "give at most `1m`: AWS waits for an answer for 15 seconds";
            self.findings.value(&at, "nobody waits so long for an answer", remedy).label("too long");
        }
        HookAnswer { status: raw.status.unwrap_or(200), after, times: raw.times.unwrap_or(1) }
    }

    pub(super) fn requests(&mut self, step: RawStep, pointer: &str) -> Option<RequestsStep> {
        let name = step.requests?.0;
        let eventually = self.duration(step.eventually.as_ref(), &format!("{pointer}/eventually"));
        if eventually.is_some() && step.ok.is_none() {
            let remedy = "say in `ok` what to wait for, or leave `eventually` out";
            self.findings
                .key(&format!("{pointer}/eventually"), "`eventually` waits for nothing", remedy)
                .label("for what?");
        }
        if let Some(ok) = &step.ok {
            self.all_requests(ok, &format!("{pointer}/ok"));
        }
        let save = self.saved_of_requests(step.save, &format!("{pointer}/save"));
        Some(RequestsStep { name, ok: step.ok.map(Value::Object), save, eventually })
    }

    /// The pattern for all requests together.
    fn all_requests(&mut self, ok: &Map<String, Value>, pointer: &str) {
        lint::check_pattern(&Value::Object(ok.clone()), pointer, &mut self.findings);
        for (key, pattern) in ok.iter().filter(|(key, _)| !is_operator(key)) {
            let at = child(pointer, key);
            if key == REQUESTS {
                self.some_requests(pattern, &at);
            } else {
                let message = format!("what came to an endpoint has no key `{key}`");
                self.findings.key(&at, message, "its one key is `Requests`, a list").label("never there");
            }
        }
    }

    /// A pattern for a list of requests: a list, or operators around patterns for one or several.
    fn some_requests(&mut self, pattern: &Value, pointer: &str) {
        match pattern {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.one_request(item, &child(pointer, &index.to_string()));
                }
            }
            Value::Object(map) if map.keys().all(|key| is_operator(key)) => {
                for (operator, operand) in map {
                    let at = child(pointer, operator);
                    match operator.as_str() {
                        "$unordered" => self.some_requests(operand, &at),
                        "$each" | "$includes" => self.one_request(operand, &at),
                        _ => {}
                    }
                }
            }
            other => {
                let message = format!("`Requests` is a list, the pattern asks for {}", noun(other));
                self.findings.value(pointer, message, "write a list with a pattern for each request").label("no list");
            }
        }
    }

    fn one_request(&mut self, pattern: &Value, pointer: &str) {
        let Some(map) = pattern.as_object() else { return };
        for part in map.keys().filter(|part| !is_operator(part) && !REQUEST_PARTS.contains(&part.as_str())) {
            let message = format!("a request has no part `{part}`");
            self.findings.key(&child(pointer, part), message, part_remedy(part)).label("unknown part");
        }
        let Some(headers) = map.get("headers").and_then(Value::as_object) else { return };
        for name in headers.keys().filter(|name| name.bytes().any(|byte| byte.is_ascii_uppercase())) {
            let at = child(&format!("{pointer}/headers"), name);
            let remedy = format!("write `{}`", name.to_ascii_lowercase());
            self.findings.key(&at, "the headers of a request have names in lowercase", remedy).label("never there");
        }
    }

    /// Pointers begin with `/Requests/<number>/<part>`.
    fn saved_of_requests(
        &mut self,
        save: Option<IndexMap<RawVariable, RawPointer>>,
        pointer: &str,
    ) -> IndexMap<String, String> {
        let mut saved = IndexMap::new();
        for (variable, from) in save.unwrap_or_default() {
            let mut steps = from.0.split('/').skip(1);
            let (list, number, part) = (steps.next(), steps.next(), steps.next());
            let is_number = number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
            if list != Some(REQUESTS) || !is_number || part.is_some_and(|part| !REQUEST_PARTS.contains(&part)) {
                let remedy = match part {
                    Some(part) if list == Some(REQUESTS) && is_number => part_remedy(part),
                    _ => "begin it with `/Requests/0/`, as in `/Requests/0/body/Token`".to_owned(),
                };
                let message = format!("requests have nothing at `{}`", from.0);
                self.findings.value(&child(pointer, &variable.0), message, remedy).label("never there");
            }
            saved.insert(variable.0, from.0);
        }
        saved
    }
}

fn part_remedy(part: &str) -> String {
    match nearest(part, REQUEST_PARTS) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("a request has {}", REQUEST_PARTS.join(", ")),
    }
}
