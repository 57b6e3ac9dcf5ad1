//! A raw request and what it must be answered.

use indexmap::IndexMap;
use redeliver_model::Service;
use serde_json::{Map, Value};

use super::Reading;
use crate::lint::{self, is_base64};
use crate::place::child;
use crate::raw::{RawPointer, RawService, RawStep, RawVariable};
use crate::schema::noun;
use crate::step::{ANSWER_PARTS, BODY_FORMS};
use crate::template::{has_variable, is_operator};
use crate::words::nearest;
use crate::{HttpStep, Signing};

impl Reading<'_> {
    pub(super) fn exchange(&mut self, step: RawStep, pointer: &str) -> Option<HttpStep> {
        let raw = step.raw?;
        let below = format!("{pointer}/raw");
        self.path(raw.path.as_ref().map_or("/", |path| &path.0), &format!("{below}/path"));
        if let Some(query) = &raw.query {
            lint::check_functions(query, &format!("{below}/query"), &mut self.findings);
        }
        match &raw.query {
            None | Some(Value::String(_)) => {}
            Some(Value::Object(names)) if !is_function(names) => self.names(names, &format!("{below}/query")),
            Some(other) => {
                let message = format!("`query` must be text or a map, found {}", noun(other));
                let remedy = "write a map of names, as in `{ Action: ListQueues }`, or the text that stands behind `?`";
                self.findings.value(&format!("{below}/query"), message, remedy).label("neither");
            }
        }
        let headers = raw.headers.unwrap_or_default();
        self.headers(&headers, &format!("{below}/headers"));
        if let Some(body) = &raw.body {
            let at = format!("{below}/body");
            lint::check_functions(body, &at, &mut self.findings);
            self.body(body, &at);
        }
        let answer = step.answer.unwrap_or_default();
        self.answer(&answer, &format!("{pointer}/answer"));
        let save = self.saved(step.save, &format!("{pointer}/save"));
        Some(HttpStep {
            service: raw.service.map_or(Service::Sqs, service),
            method: raw.method.map_or_else(|| "POST".to_owned(), |method| method.0),
            path: raw.path.map_or_else(|| "/".to_owned(), |path| path.0),
            query: raw.query,
            headers,
            body: raw.body,
            sign: raw.sign.unwrap_or(Signing::Header),
            answer,
            save,
            eventually: self.duration(step.eventually.as_ref(), &format!("{pointer}/eventually")),
        })
    }

    /// A path begins with a slash, and so does that of a URL.
    fn path(&mut self, path: &str, pointer: &str) {
        let good = ["/", "${", "http://", "https://"].iter().any(|start| path.starts_with(start));
        if !good || path.contains(['?', '#']) {
            let remedy =
                "write it from the first `/` on and without a query, as in `/123456789012/jobs`, or give a URL";
            self.findings.value(pointer, format!("`{path}` is not a path"), remedy).label("no path");
        }
    }

    /// Names of a query or form, each with a text or several.
    fn names(&mut self, names: &Map<String, Value>, pointer: &str) {
        for (name, value) in names {
            match value {
                Value::Array(values) => {
                    for (index, value) in values.iter().enumerate() {
                        self.one_text(name, value, &child(&child(pointer, name), &index.to_string()));
                    }
                }
                value => self.one_text(name, value, &child(pointer, name)),
            }
        }
    }

    /// A text, or a function that makes one.
    fn one_text(&mut self, name: &str, value: &Value, pointer: &str) {
        match value {
            Value::String(_) => {}
            Value::Object(map) if is_function(map) => {}
            Value::Number(_) | Value::Bool(_) => {
                let message = format!("`{name}` must be text, found {}", noun(value));
                self.findings.value(pointer, message, format!("quote it: `\"{value}\"`")).label("not text");
            }
            _ => {
                let message = format!("`{name}` must be text, found {}", noun(value));
                self.findings.value(pointer, message, "write the text out").label("not text");
            }
        }
    }

    fn headers(&mut self, headers: &Map<String, Value>, pointer: &str) {
        for (name, value) in headers {
            let at = child(pointer, name);
            lint::check_functions(value, &at, &mut self.findings);
            self.one_text(name, value, &at);
            if name.is_empty() || !name.bytes().all(is_token) {
                let remedy = "use letters, digits and hyphens, as in `X-Amz-Target`";
                self.findings.key(&at, format!("`{name}` is not the name of a header"), remedy).label("no name");
            }
            if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
                let remedy = "leave it out, and see `sign` for what a signature can be like";
                self.findings.key(&at, format!("`{name}` comes by itself"), remedy).label("taken");
            }
        }
    }

    fn body(&mut self, body: &Value, pointer: &str) {
        let map = match body {
            Value::String(_) => return,
            Value::Object(map) if is_function(map) => return,
            Value::Object(map) => map,
            other => {
                let message = format!("`body` must be text or one of its forms, found {}", noun(other));
                self.findings.value(pointer, message, BODY_REMEDY).label("no body");
                return;
            }
        };
        let mut entries = map.iter();
        let (Some((form, value)), None) = (entries.next(), entries.next()) else {
            let message = format!("`body` has {} keys", map.len());
            self.findings.whole(pointer, message, BODY_REMEDY).label("exactly one");
            return;
        };
        let at = child(pointer, form);
        match (form.as_str(), value) {
            ("json" | "cbor", _) => {}
            ("form", Value::Object(names)) if !is_function(names) => self.names(names, &at),
            ("form", other) => {
                let message = format!("`form` must be a map, found {}", noun(other));
                self.findings
                    .value(&at, message, "write a map of names, as in `{ Action: ListQueues }`")
                    .label("no map");
            }
            ("base64", Value::String(text)) if is_base64(text) => {}
            ("base64", _) => {
                let remedy = "encode the bytes, for example `aGVsbG8=` for `hello`";
                self.findings.value(&at, "`base64` must be bytes as base64 text", remedy).label("no base64");
            }
            _ => {
                let remedy = nearest(form, BODY_FORMS)
                    .map_or_else(|| BODY_REMEDY.to_owned(), |nearest| format!("did you mean `{nearest}`?"));
                self.findings.key(&at, format!("a body has no form `{form}`"), remedy).label("unknown form");
            }
        }
    }

    /// The pattern for an answer, whose parts are known.
    fn answer(&mut self, answer: &Map<String, Value>, pointer: &str) {
        lint::check_pattern(&Value::Object(answer.clone()), pointer, &mut self.findings);
        for part in answer.keys().filter(|part| !is_operator(part)) {
            self.part(part, &child(pointer, part), Spot::Key);
        }
        let status = answer.get("status").filter(|status| status.is_string() || status.is_boolean());
        if let Some(status) = status.filter(|status| !status.as_str().is_some_and(has_variable)) {
            let message = format!("`status` is always a number, the pattern asks for {}", noun(status));
            self.findings.value(&format!("{pointer}/status"), message, "write it as a number: `400`").label("not text");
        }
        let Some(headers) = answer.get("headers").and_then(Value::as_object) else { return };
        for name in headers.keys().filter(|name| name.bytes().any(|byte| byte.is_ascii_uppercase())) {
            let at = child(&format!("{pointer}/headers"), name);
            let remedy = format!("write `{}`", name.to_ascii_lowercase());
            self.findings.key(&at, "the headers of an answer have names in lowercase", remedy).label("never there");
        }
    }

    fn part(&mut self, part: &str, pointer: &str, spot: Spot) {
        if ANSWER_PARTS.contains(&part) {
            return;
        }
        let remedy = match nearest(part, ANSWER_PARTS) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("an answer has {}", ANSWER_PARTS.join(", ")),
        };
        let message = format!("an answer has no part `{part}`");
        let finding = match spot {
            Spot::Key => self.findings.key(pointer, message, remedy),
            Spot::Value => self.findings.value(pointer, message, remedy),
        };
        finding.label("unknown part");
    }

    fn saved(&mut self, save: Option<IndexMap<RawVariable, RawPointer>>, pointer: &str) -> IndexMap<String, String> {
        let mut saved = IndexMap::new();
        for (variable, from) in save.unwrap_or_default() {
            let part = from.0.split('/').nth(1).unwrap_or_default();
            self.part(part, &child(pointer, &variable.0), Spot::Value);
            saved.insert(variable.0, from.0);
        }
        saved
    }
}

/// Which part of an entry a finding is about.
#[derive(Debug, Clone, Copy)]
enum Spot {
    Key,
    Value,
}

const BODY_REMEDY: &str =
    "write text, or one of `{ base64: text }`, `{ json: value }`, `{ form: map }`, `{ cbor: value }`";

/// What the runner sees to.
const OWN_HEADERS: [&str; 4] = ["authorization", "content-length", "host", "x-amz-date"];

/// A function, or a misspelt one, which is told when it is evaluated.
fn is_function(map: &Map<String, Value>) -> bool {
    map.len() == 1 && map.keys().all(|key| is_operator(key))
}

/// Whether a byte may be in the name of a header: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn service(raw: RawService) -> Service {
    match raw {
        RawService::Sqs => Service::Sqs,
        RawService::Sns => Service::Sns,
        RawService::Kinesis => Service::Kinesis,
    }
}
