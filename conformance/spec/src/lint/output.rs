//! Patterns against the shape of an operation's output.

use redeliver_model::{Kind, Shape};
use serde_json::{Map, Value};

use super::scalar::{misfit, wanted};
use crate::pattern::{OPERATORS, ValueType};
use crate::place::child;
use crate::problem::Findings;
use crate::template::is_operator;
use crate::words::nearest;
use crate::{Pattern, PatternProblem};

/// Checks that operators and operands of a pattern are right.
pub(crate) fn check_pattern(pattern: &Value, pointer: &str, findings: &mut Findings) {
    for PatternProblem { pointer: below, label, message, remedy } in Pattern::check(pattern) {
        let pointer = format!("{pointer}{below}");
        let last = below.rsplit('/').next().unwrap_or_default();
        let known = !last.starts_with('$') || OPERATORS.contains(&last);
        let finding =
            if known { findings.whole(&pointer, message, remedy) } else { findings.key(&pointer, message, remedy) };
        finding.label(label);
    }
}

/// Checks that what a pattern asks for can be in a response; `subject` names the operation.
pub(crate) fn check(shape: &'static Shape, subject: &str, pattern: &Value, pointer: &str, findings: &mut Findings) {
    Walk { subject, findings }.value(shape, "ok", pattern, pointer);
}

struct Walk<'a> {
    subject: &'a str,
    findings: &'a mut Findings,
}

impl Walk<'_> {
    fn value(&mut self, shape: &'static Shape, key: &str, pattern: &Value, pointer: &str) {
        if let Some(map) = pattern.as_object() {
            if let Some((operator, operand)) = operator(map) {
                return self.operator(shape, key, operator, operand, &child(pointer, operator));
            }
            // Operators beside other keys are a problem of the pattern itself.
            if map.keys().any(|key| is_operator(key)) {
                return;
            }
        }
        // A null is a problem of the pattern itself.
        if pattern.is_null() {
            return;
        }
        if let Some(misfit) = misfit(shape, pattern) {
            let message = format!("`{key}` in the response of {} {}", self.subject, can_be(&misfit.message));
            self.findings.value(pointer, message, misfit.remedy).label(format!("not {}", wanted(shape)));
            return;
        }
        self.inside(shape, key, pattern, pointer);
    }

    /// The parts of a value that is of the right kind.
    fn inside(&mut self, shape: &'static Shape, key: &str, pattern: &Value, pointer: &str) {
        match (&shape.kind, pattern) {
            (Kind::Structure { .. }, Value::Object(map)) => self.members(shape, map, pointer),
            (Kind::EventStream { .. }, Value::Array(events)) => {
                for (index, event) in events.iter().enumerate() {
                    self.event(shape, event, &child(pointer, &index.to_string()));
                }
            }
            (Kind::Map { value: member, .. }, Value::Object(map)) => {
                for (key, value) in map {
                    self.value(member, key, value, &child(pointer, key));
                }
            }
            (Kind::List { member, .. }, Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(member, key, item, &child(pointer, &index.to_string()));
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, shape: &'static Shape, map: &Map<String, Value>, pointer: &str) {
        for (key, value) in map {
            let below = child(pointer, key);
            match shape.member(key) {
                Some(member) => self.value(member.shape, key, value, &below),
                None => self.unknown(shape, key, &below),
            }
        }
    }

    /// An event is a map with one key, its name.
    fn event(&mut self, shape: &'static Shape, event: &Value, pointer: &str) {
        if let Some(map) = event.as_object().filter(|map| !map.keys().any(|key| is_operator(key))) {
            self.members(shape, map, pointer);
        }
    }

    fn unknown(&mut self, shape: &Shape, key: &str, pointer: &str) {
        let known: Vec<_> = shape.members().iter().map(|member| member.name).collect();
        let remedy = match nearest(key, known.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None if known.is_empty() => "leave it out: the response has no keys".to_owned(),
            None => format!("there can be {}", known.join(", ")),
        };
        let message = format!("the response of {} has no key `{key}` here", self.subject);
        self.findings.key(pointer, message, remedy).label("unknown key");
    }

    fn operator(&mut self, shape: &'static Shape, key: &str, operator: &str, operand: &Value, pointer: &str) {
        let fits = match operator {
            "$type" => operand.as_str().is_none_or(|name| type_fits(shape, name)),
            "$matches" => matches!(shape.kind, Kind::String | Kind::Blob),
            "$json" => matches!(shape.kind, Kind::String),
            "$len" => {
                !matches!(shape.kind, Kind::Integer | Kind::Long | Kind::Double | Kind::Boolean | Kind::Timestamp)
            }
            "$between" | "$greater-than" => {
                matches!(shape.kind, Kind::String | Kind::Integer | Kind::Long | Kind::Double | Kind::Timestamp)
            }
            "$unordered" | "$each" | "$includes" => matches!(shape.kind, Kind::List { .. } | Kind::EventStream { .. }),
            _ => true,
        };
        if !fits {
            let asked = if operator == "$type" {
                format!("{operator}: {}", operand.as_str().unwrap_or_default())
            } else {
                operator.to_owned()
            };
            let message = format!(
                "`{asked}` never matches `{key}` in the response of {}, which is {}",
                self.subject,
                wanted(shape)
            );
            self.findings.whole(pointer, message, "use an operator for that type").label("never matches");
            return;
        }
        match (operator, operand, &shape.kind) {
            ("$exact", _, _) => self.exact(shape, key, operand, pointer),
            ("$not", _, _) => self.value(shape, key, operand, pointer),
            ("$all-of" | "$any-of", Value::Array(patterns), _) => {
                for (index, pattern) in patterns.iter().enumerate() {
                    self.value(shape, key, pattern, &child(pointer, &index.to_string()));
                }
            }
            ("$unordered", _, _) => self.inside(shape, key, operand, pointer),
            ("$each" | "$includes", _, Kind::List { member, .. }) => self.value(member, key, operand, pointer),
            ("$each" | "$includes", _, Kind::EventStream { .. }) => self.event(shape, operand, pointer),
            _ => {}
        }
    }

    /// An exact value has no operators, but is of the same shape.
    fn exact(&mut self, shape: &'static Shape, key: &str, value: &Value, pointer: &str) {
        if let Some(misfit) = misfit(shape, value) {
            let message = format!("`{key}` in the response of {} {}", self.subject, can_be(&misfit.message));
            self.findings.value(pointer, message, misfit.remedy).label(format!("not {}", wanted(shape)));
            return;
        }
        self.inside(shape, key, value, pointer);
    }
}

/// A response is what it is: "must be" becomes "is always".
fn can_be(message: &str) -> String {
    message.replacen("must be", "is always", 1).replacen(", found", ", the pattern asks for", 1)
}

/// The operator that a map is, with its operand.
fn operator(map: &Map<String, Value>) -> Option<(&str, &Value)> {
    let (name, operand) = map.iter().next().filter(|_| map.len() == 1)?;
    is_operator(name).then_some((name, operand))
}

fn type_fits(shape: &Shape, name: &str) -> bool {
    let Ok(value_type) = name.parse::<ValueType>() else { return true };
    match shape.kind {
        Kind::Structure { .. } | Kind::Map { .. } => value_type == ValueType::Map,
        Kind::List { .. } | Kind::EventStream { .. } => value_type == ValueType::List,
        Kind::Boolean => value_type == ValueType::Boolean,
        Kind::Double | Kind::Timestamp => value_type == ValueType::Number,
        Kind::Blob => matches!(value_type, ValueType::String | ValueType::Base64),
        Kind::Integer | Kind::Long => matches!(
            value_type,
            ValueType::Number | ValueType::Integer | ValueType::TimestampMs | ValueType::TimestampS
        ),
        Kind::String => !matches!(
            value_type,
            ValueType::Number | ValueType::Integer | ValueType::Boolean | ValueType::List | ValueType::Map
        ),
    }
}
