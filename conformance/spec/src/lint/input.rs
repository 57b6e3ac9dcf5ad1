//! Parameters against the shape of an operation's input.

use redeliver_model::{Kind, Shape};
use serde_json::{Map, Value};

use super::scalar::{misfit, wanted};
use crate::place::child;
use crate::problem::Findings;
use crate::template::{FUNCTIONS, TemplateFault, is_operator};
use crate::words::nearest;

/// Whether parameters may lack members that the model requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Required {
    /// They must be there.
    Enforced,
    /// They may be left out: the step expects an error, or something else supplies the top-level ones.
    Free,
}

/// Checks the parameters of a call; `subject` names the operation.
pub(crate) fn check(
    shape: &'static Shape,
    subject: &str,
    with: &Value,
    required: Required,
    pointer: &str,
    findings: &mut Findings,
) {
    let mut walk = Walk { required, findings };
    if let Value::Object(map) = with {
        walk.structure(shape, subject, map, pointer);
    }
}

struct Walk<'a> {
    required: Required,
    findings: &'a mut Findings,
}

impl Walk<'_> {
    fn structure(&mut self, shape: &'static Shape, subject: &str, map: &Map<String, Value>, pointer: &str) {
        for (key, value) in map {
            let below = child(pointer, key);
            match shape.member(key) {
                Some(member) => self.value(member.shape, key, value, &below),
                None => self.unknown(shape, subject, key, &below),
            }
        }
        if self.required == Required::Free {
            return;
        }
        let names = || shape.members().iter().map(|member| member.name);
        let meant: Vec<_> =
            map.keys().filter(|key| shape.member(key).is_none()).filter_map(|key| nearest(key, names())).collect();
        let missing = shape.members().iter().filter(|member| member.required && !map.contains_key(member.name));
        // A misspelt parameter is told once, as what it was meant to be.
        for name in missing.map(|member| member.name).filter(|name| !meant.contains(name)) {
            self.findings
                .whole(
                    pointer,
                    format!("{subject} needs `{name}`"),
                    format!("add `{name}`, or expect an `error` if its absence is the point"),
                )
                .label(format!("no `{name}` here"));
        }
    }

    fn unknown(&mut self, shape: &Shape, subject: &str, key: &str, pointer: &str) {
        let known: Vec<_> = shape.members().iter().map(|member| member.name).collect();
        let remedy = match nearest(key, known.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None if known.is_empty() => "leave it out: there are no parameters".to_owned(),
            None => format!("it has {}", known.join(", ")),
        };
        self.findings.key(pointer, format!("{subject} has no parameter `{key}`"), remedy).label("unknown parameter");
    }

    fn value(&mut self, shape: &'static Shape, key: &str, value: &Value, pointer: &str) {
        if let Some((function, operand)) = function(value) {
            return self.function(shape, key, function, operand, &child(pointer, function));
        }
        if let Some(misfit) = misfit(shape, value) {
            let message = format!("`{key}` {}", misfit.message);
            self.findings.value(pointer, message, misfit.remedy).label(format!("not {}", wanted(shape)));
            return;
        }
        match (&shape.kind, value) {
            (Kind::Structure { .. } | Kind::EventStream { .. }, Value::Object(map)) => {
                self.structure(shape, &format!("`{}`", shape.name), map, pointer);
            }
            (Kind::List { member, .. }, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(member, key, item, &child(pointer, &index.to_string()));
                }
            }
            (Kind::Map { value: member, .. }, Value::Object(map)) => {
                for (key, item) in map {
                    self.value(member, key, item, &child(pointer, key));
                }
            }
            _ => {}
        }
    }

    fn function(&mut self, shape: &Shape, key: &str, name: &str, operand: &Value, pointer: &str) {
        if !check_function(name, operand, pointer, self.findings) {
            return;
        }
        let fits = match shape.kind {
            Kind::String => true,
            Kind::Blob => name == "$text",
            _ => false,
        };
        if !fits {
            let message = format!("`{key}` must be {}, and `{name}` makes text", wanted(shape));
            self.findings.key(pointer, message, format!("write {}", wanted(shape))).label("makes text");
        }
    }
}

/// Checks functions at every depth of a value that no shape describes.
pub(crate) fn check_functions(value: &Value, pointer: &str, findings: &mut Findings) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check_functions(item, &child(pointer, &index.to_string()), findings);
            }
        }
        Value::Object(map) => {
            if let Some((name, operand)) = function(value) {
                check_function(name, operand, &child(pointer, name), findings);
            }
            for (key, item) in map {
                check_functions(item, &child(pointer, key), findings);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Checks a function by itself, and tells whether there is one of this name.
fn check_function(name: &str, operand: &Value, pointer: &str, findings: &mut Findings) -> bool {
    if !FUNCTIONS.contains(&name) {
        let nearest = nearest(name, FUNCTIONS).map(str::to_owned);
        let fault = TemplateFault::UnknownFunction { name: name.to_owned(), nearest };
        findings.key(pointer, fault.message(), fault.remedy()).label("unknown function");
        return false;
    }
    if name == "$text" && !is_repetition(operand) {
        findings
            .value(
                pointer,
                "`$text` takes a text and how often to repeat it",
                "write `{ $text: { repeat: a, times: 1024 } }`",
            )
            .label("wrong operand");
    }
    true
}

/// The function that a value is, with its operand.
fn function(value: &Value) -> Option<(&str, &Value)> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    let (name, operand) = map.iter().next()?;
    is_operator(name).then_some((name, operand))
}

/// `{ repeat: text, times: number }`, either of which may be a variable.
fn is_repetition(operand: &Value) -> bool {
    let Some(map) = operand.as_object().filter(|map| map.len() == 2) else { return false };
    let times = map.get("times").is_some_and(|times| times.is_u64() || super::scalar::is_variable(times));
    times && map.get("repeat").is_some_and(Value::is_string)
}
