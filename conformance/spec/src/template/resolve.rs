//! Replaces variables and evaluates functions.

use serde_json::{Map, Value};

use super::text::{Part, is_operator, parts};
use super::{Scope, TemplateFault, TemplateProblem};
use crate::place::child;
use crate::words::nearest;

/// The functions of `with`.
pub const FUNCTIONS: [&str; 2] = ["$json", "$text"];

/// The longest text that `$text` makes: more than any service takes, less than hurts.
pub const TEXT_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Replaces variables and evaluates functions, as in `with`.
pub fn resolve(value: &Value, scope: &Scope) -> Result<Value, TemplateProblem> {
    Walk { scope, functions: true }.value(value, "")
}

/// Replaces variables only, as in patterns, where `$json` is an operator.
pub fn substitute(value: &Value, scope: &Scope) -> Result<Value, TemplateProblem> {
    Walk { scope, functions: false }.value(value, "")
}

/// Replaces variables in a text whose result is text: the URL of a drain, the code of an error.
pub fn substitute_text(text: &str, scope: &Scope) -> Result<String, TemplateProblem> {
    join(text, scope).map_err(|fault| TemplateProblem { pointer: String::new(), fault })
}

/// The variables that a value uses, each with the JSON pointer of its text; texts that are no templates give none.
pub fn variables(value: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(value, "", &mut found);
    found
}

fn collect(value: &Value, pointer: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => {
            for part in parts(text).unwrap_or_default() {
                if let Part::Variable(name) = part {
                    found.push((pointer.to_owned(), name.to_owned()));
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &child(pointer, &index.to_string()), found);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                collect(item, &child(pointer, key), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

struct Walk<'a> {
    scope: &'a Scope,
    functions: bool,
}

impl Walk<'_> {
    fn value(&self, value: &Value, pointer: &str) -> Result<Value, TemplateProblem> {
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
            Value::String(text) => {
                fill(text, self.scope).map_err(|fault| TemplateProblem { pointer: pointer.to_owned(), fault })
            }
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| self.value(item, &child(pointer, &index.to_string())))
                .collect(),
            Value::Object(map) => match map.iter().next() {
                Some((name, operand)) if self.functions && map.len() == 1 && is_operator(name) => {
                    self.function(name, operand, &child(pointer, name))
                }
                _ => self.map(map, pointer),
            },
        }
    }

    fn map(&self, map: &Map<String, Value>, pointer: &str) -> Result<Value, TemplateProblem> {
        let entries = map.iter().map(|(key, item)| Ok((key.clone(), self.value(item, &child(pointer, key))?)));
        entries.collect::<Result<Map<_, _>, _>>().map(Value::Object)
    }

    fn function(&self, name: &str, operand: &Value, pointer: &str) -> Result<Value, TemplateProblem> {
        let fail = |fault| Err(TemplateProblem { pointer: pointer.to_owned(), fault });
        match name {
            "$json" => Ok(Value::String(self.value(operand, pointer)?.to_string())),
            "$text" => {
                let operand = self.value(operand, pointer)?;
                match repeated(&operand) {
                    Ok(text) => Ok(Value::String(text)),
                    Err(fault) => fail(fault),
                }
            }
            _ => fail(TemplateFault::UnknownFunction {
                name: name.to_owned(),
                nearest: nearest(name, FUNCTIONS).map(str::to_owned),
            }),
        }
    }
}

/// `{ repeat: a, times: 1024 }` as text.
fn repeated(operand: &Value) -> Result<String, TemplateFault> {
    let fields = operand.as_object().filter(|map| map.len() == 2);
    let repeat = fields.and_then(|map| map.get("repeat")).and_then(Value::as_str);
    let times = fields.and_then(|map| map.get("times")).and_then(Value::as_u64);
    let (Some(repeat), Some(times)) = (repeat, times) else {
        return Err(TemplateFault::BadOperand {
            name: "$text".to_owned(),
            takes: "write `{ $text: { repeat: a, times: 1024 } }`: a text and a whole number",
        });
    };
    let bytes = (repeat.len() as u64).saturating_mul(times);
    match usize::try_from(times) {
        Ok(times) if bytes <= TEXT_BYTES_MAX => Ok(repeat.repeat(times)),
        _ => Err(TemplateFault::TooLong(bytes)),
    }
}

/// A text with its variables replaced; one that is nothing but a variable keeps the variable's type.
fn fill(text: &str, scope: &Scope) -> Result<Value, TemplateFault> {
    match parts(text)?.as_slice() {
        [Part::Variable(name)] => known(name, scope).cloned(),
        _ => join(text, scope).map(Value::String),
    }
}

fn join(text: &str, scope: &Scope) -> Result<String, TemplateFault> {
    let mut joined = String::with_capacity(text.len());
    for part in parts(text)? {
        match part {
            Part::Literal(literal) => joined.push_str(literal),
            Part::Variable(name) => match known(name, scope)? {
                Value::String(value) => joined.push_str(value),
                value @ (Value::Bool(_) | Value::Number(_)) => joined.push_str(&value.to_string()),
                Value::Null | Value::Array(_) | Value::Object(_) => {
                    return Err(TemplateFault::NotText(name.to_owned()));
                }
            },
        }
    }
    Ok(joined)
}

fn known<'a>(name: &str, scope: &'a Scope) -> Result<&'a Value, TemplateFault> {
    scope.get(name).ok_or_else(|| TemplateFault::Unknown {
        name: name.to_owned(),
        nearest: nearest(name, scope.names()).map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn scope() -> Scope {
        let mut scope = Scope::new();
        scope.set("url", "http://q");
        scope.set("index", 3);
        scope.set("list", json!([1]));
        scope
    }

    #[test]
    fn a_lone_variable_keeps_its_type_and_others_become_text() {
        let resolved = resolve(&json!({ "a": "${list}", "b": ["n${index}", "${index}"], "c": "$${index}" }), &scope());
        assert_eq!(resolved, Ok(json!({ "a": [1], "b": ["n3", 3], "c": "${index}" })));
    }

    #[test]
    fn functions_make_text() {
        let value = json!({ "P": { "$json": { "q": "${url}", "n": "${index}" } }, "B": { "$text": { "repeat": "ab", "times": 2 } } });
        assert_eq!(resolve(&value, &scope()), Ok(json!({ "P": r#"{"q":"http://q","n":3}"#, "B": "abab" })));
    }

    #[test]
    fn patterns_keep_their_operators() {
        let pattern = json!({ "$json": { "q": "${url}" } });
        assert_eq!(substitute(&pattern, &scope()), Ok(json!({ "$json": { "q": "http://q" } })));
    }

    #[test]
    fn a_problem_says_where_and_what() {
        let shown =
            |value: Value| resolve(&value, &scope()).map_err(|problem| (problem.pointer.clone(), problem.to_string()));
        let problem = |pointer: &str, text: &str| Err((pointer.to_owned(), text.to_owned()));
        assert_eq!(shown(json!({ "a": ["${ulr}"] })), problem("/a/0", "unknown variable `ulr`: did you mean `url`?"));
        assert_eq!(
            shown(json!("x${list}")),
            problem(
                "",
                "variable `list` holds a list or map and cannot stand inside text: use `{ $json: \"${list}\" }` for its JSON text"
            )
        );
        assert_eq!(
            shown(json!({ "a": { "$txt": 1 } })),
            problem("/a/$txt", "unknown function `$txt`: did you mean `$text`?")
        );
        assert_eq!(
            shown(json!({ "$text": { "repeat": "a", "times": 99_999_999 } })),
            problem("/$text", "the text would have 99999999 bytes: at most 16777216 bytes")
        );
    }

    #[test]
    fn used_variables_are_listed_with_their_place() {
        let used = variables(&json!({ "a": "${x}${y}", "b": ["${z}", "$${no}"] }));
        let expected = [("/a", "x"), ("/a", "y"), ("/b/0", "z")];
        assert_eq!(used, expected.map(|(pointer, name)| (pointer.to_owned(), name.to_owned())));
    }
}
