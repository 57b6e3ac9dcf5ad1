//! A call and what it must answer.

use indexmap::IndexMap;
use redeliver_model::{Fault, Operation, Service};
use serde_json::Value;

use super::Reading;
use crate::lint::{self, Required};
use crate::place::child;
use crate::raw::{RawError, RawFault, RawPointer, RawStep, RawVariable};
use crate::words::nearest;
use crate::{CallStep, ErrorPattern, Expect};

impl Reading<'_> {
    pub(super) fn call(&mut self, raw: RawStep, pointer: &str) -> Option<CallStep> {
        let name = raw.call.map(|call| call.0)?;
        let operation = self.operation(&name, &format!("{pointer}/call"));
        let with = Value::Object(raw.with.unwrap_or_default());
        let required = if raw.error.is_some() { Required::Free } else { Required::Enforced };
        if let Some(operation) = operation {
            // What is missing is told at the call when there is no `with` to point at.
            let at = if self.source.places.key(&format!("{pointer}/with")).is_some() { "with" } else { "call" };
            let subject = format!("`{name}`");
            lint::check_input(
                operation.input,
                &subject,
                &with,
                required,
                &format!("{pointer}/{at}"),
                &mut self.findings,
            );
        }
        if raw.ok.is_some() && raw.error.is_some() {
            self.findings
                .key(&format!("{pointer}/error"), "a call cannot both succeed and fail", "keep one of `ok` and `error`")
                .label("must fail")
                .also(&format!("{pointer}/ok"), "must succeed");
        }
        if let (Some(_), Some(_)) = (&raw.save, &raw.error) {
            let remedy = "leave it out: captures come from successful responses";
            self.findings.key(&format!("{pointer}/save"), "an error has nothing to save", remedy).label("no response");
        }
        let save = self.save(raw.save.filter(|_| raw.error.is_none()), operation, &name, pointer);
        let expect = match (raw.ok, raw.error) {
            (_, Some(error)) => Expect::Error(self.error(error, &format!("{pointer}/error"))),
            (Some(ok), None) => Expect::Ok(self.ok(ok, operation, &name, pointer)),
            (None, None) => Expect::Success,
        };
        let eventually = self.duration(raw.eventually.as_ref(), &format!("{pointer}/eventually"));
        let operation = operation?;
        Some(CallStep { service: operation.service, operation, caller: raw.caller, with, expect, save, eventually })
    }

    /// The operation of `service:Operation`.
    fn operation(&mut self, name: &str, pointer: &str) -> Option<&'static Operation> {
        let (prefix, operation) = name.split_once(':')?;
        let Some(service) = Service::from_prefix(prefix) else {
            let known = Service::ALL.map(Service::prefix);
            let remedy = match nearest(prefix, known) {
                Some(nearest) => format!("did you mean `{nearest}:{operation}`?"),
                None => format!("the services are {}", known.join(", ")),
            };
            self.findings.value(pointer, format!("unknown service `{prefix}`"), remedy).label("unknown service");
            return None;
        };
        let found = service.model().operation(operation);
        if found.is_none() {
            let known = service.model().operations.iter().map(|known| known.name);
            let remedy = match nearest(operation, known) {
                Some(nearest) => format!("did you mean `{prefix}:{nearest}`?"),
                None => format!("use an operation of the API model of {prefix}, by its API name"),
            };
            self.findings
                .value(pointer, format!("{prefix} has no operation `{operation}`"), remedy)
                .label("unknown operation");
        }
        found
    }

    /// The pattern for a response, checked against the operation's output.
    pub(super) fn ok(
        &mut self,
        ok: serde_json::Map<String, Value>,
        operation: Option<&'static Operation>,
        name: &str,
        pointer: &str,
    ) -> Value {
        let pattern = Value::Object(ok);
        let pointer = format!("{pointer}/ok");
        lint::check_pattern(&pattern, &pointer, &mut self.findings);
        if let Some(operation) = operation {
            lint::check_output(operation.output, &format!("`{name}`"), &pattern, &pointer, &mut self.findings);
        }
        pattern
    }

    /// Captures, checked against the operation's output.
    pub(super) fn save(
        &mut self,
        save: Option<IndexMap<RawVariable, RawPointer>>,
        operation: Option<&'static Operation>,
        name: &str,
        pointer: &str,
    ) -> IndexMap<String, String> {
        let pointer = format!("{pointer}/save");
        let mut saved = IndexMap::new();
        for (variable, from) in save.unwrap_or_default() {
            if let Some(operation) = operation {
                let at = child(&pointer, &variable.0);
                lint::check_saved(operation.output, &format!("`{name}`"), &from.0, &at, &mut self.findings);
            }
            saved.insert(variable.0, from.0);
        }
        saved
    }

    fn error(&mut self, raw: RawError, pointer: &str) -> ErrorPattern {
        let mut error = ErrorPattern {
            code: raw.code.0,
            type_name: raw.type_name.map(|name| name.0),
            status: raw.status,
            fault: raw.fault.map(fault),
            message: raw.message,
            or: Vec::new(),
        };
        self.error_texts(&error, pointer);
        for (index, other) in raw.or.into_iter().flatten().enumerate() {
            let alternative = self.error(other.into(), &format!("{pointer}/or/{index}"));
            error.or.push(alternative);
        }
        error
    }

    fn error_texts(&mut self, error: &ErrorPattern, pointer: &str) {
        for (key, text) in [("code", Some(&error.code)), ("type", error.type_name.as_ref())] {
            if let Some((_, bare)) = text.and_then(|text| text.split_once('#')) {
                let message = format!("`{key}` has a namespace");
                self.findings.value(&format!("{pointer}/{key}"), message, format!("write `{bare}`")).label("namespace");
            }
        }
        let Some(message) = &error.message else { return };
        let pointer = format!("{pointer}/message");
        match message {
            Value::String(_) => {}
            Value::Object(map) if map.len() == 1 && map.keys().all(|key| key.starts_with('$')) => {
                lint::check_pattern(message, &pointer, &mut self.findings);
            }
            _ => {
                let remedy = "write the whole text, or for example `{ $matches: \"^Value .* for parameter\" }`";
                self.findings.value(&pointer, "`message` must be text or an operator", remedy).label("never matches");
            }
        }
    }
}

fn fault(raw: RawFault) -> Fault {
    match raw {
        RawFault::Client => Fault::Client,
        RawFault::Server => Fault::Server,
    }
}
