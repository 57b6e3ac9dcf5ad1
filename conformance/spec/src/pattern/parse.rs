//! From a value to a pattern.

use indexmap::IndexMap;
use regex::Regex;
use serde_json::Value;

use super::ast::OPERATORS;
use super::{Decimal, Pattern, PatternProblem, ValueType};
use crate::place::child;
use crate::template::{has_variable, is_operator};
use crate::words::nearest;

/// Reads a pattern without variables.
pub(super) fn parse(value: &Value) -> Result<Pattern, PatternProblem> {
    let mut reader = Reader { variables: false, problems: Vec::new() };
    let pattern = reader.pattern(value, "", Spot::Value);
    match reader.problems.into_iter().next() {
        None => Ok(pattern),
        Some(problem) => Err(problem),
    }
}

/// All problems of a pattern that may hold variables.
pub(super) fn check(value: &Value) -> Vec<PatternProblem> {
    let mut reader = Reader { variables: true, problems: Vec::new() };
    reader.pattern(value, "", Spot::Value);
    reader.problems
}

/// Where a pattern stands.
#[derive(Clone, Copy, PartialEq)]
enum Spot {
    /// It is the value of a key, which may be missing.
    Key,
    /// There is always a value.
    Value,
}

struct Reader {
    /// Whether operands may hold variables that are replaced later.
    variables: bool,
    problems: Vec<PatternProblem>,
}

impl Reader {
    /// Notes a problem; the pattern returned only keeps the walk going.
    fn problem(
        &mut self,
        pointer: &str,
        label: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Pattern {
        self.problems.push(PatternProblem {
            pointer: pointer.to_owned(),
            label,
            message: message.into(),
            remedy: remedy.into(),
        });
        Pattern::Present
    }

    /// Whether the operand is left for later because a variable stands in it.
    fn later(&self, operand: &Value) -> bool {
        self.variables && operand.as_str().is_some_and(has_variable)
    }

    fn pattern(&mut self, value: &Value, pointer: &str, spot: Spot) -> Pattern {
        match value {
            Value::Null => self.problem(
                pointer,
                "nothing",
                "an empty value (`null`) matches nothing",
                "write `{ $absent: true }` for a key that must be missing, `\"\"` for empty text",
            ),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => Pattern::Equal(value.clone()),
            Value::Array(_) => Pattern::List(self.list(value, pointer, Spot::Value)),
            Value::Object(map) => match map.keys().find(|key| is_operator(key)) {
                Some(operator) if map.len() == 1 => {
                    self.operator(operator, &map[operator], &child(pointer, operator), spot)
                }
                Some(operator) => self.problem(
                    &child(pointer, operator),
                    "not alone",
                    format!("operator `{operator}` stands beside other keys"),
                    "an operator is alone in its map; combine patterns with `$all-of`",
                ),
                None => Pattern::Map(
                    map.iter()
                        .map(|(key, value)| (key.clone(), self.pattern(value, &child(pointer, key), Spot::Key)))
                        .collect::<IndexMap<_, _>>(),
                ),
            },
        }
    }

    /// The patterns of a list; none when it is no list, which the caller has looked at.
    fn list(&mut self, value: &Value, pointer: &str, spot: Spot) -> Vec<Pattern> {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .enumerate()
            .map(|(index, item)| self.pattern(item, &child(pointer, &index.to_string()), spot))
            .collect()
    }

    fn operator(&mut self, operator: &str, operand: &Value, pointer: &str, spot: Spot) -> Pattern {
        match operator {
            "$absent" if spot == Spot::Value => self.problem(
                pointer,
                "never missing",
                "`$absent` stands where there is always a value",
                "use it as the value of a key, or below `$any-of` there; for an empty list write `[]`",
            ),
            "$absent" => self.truth(operator, operand, pointer, Pattern::Absent),
            "$present" => self.truth(operator, operand, pointer, Pattern::Present),
            "$type" => self.value_type(operand, pointer),
            "$exact" => Pattern::Exact(operand.clone()),
            "$matches" => self.matches(operand, pointer),
            "$len" => self.len(operand, pointer),
            "$between" => self.between(operand, pointer),
            "$greater-than" => {
                let number = self.decimal(operator, operand, pointer);
                number.map_or(Pattern::Present, Pattern::GreaterThan)
            }
            "$not" => Pattern::Not(Box::new(self.pattern(operand, pointer, Spot::Value))),
            "$each" => Pattern::Each(Box::new(self.pattern(operand, pointer, Spot::Value))),
            "$includes" => Pattern::Includes(Box::new(self.pattern(operand, pointer, Spot::Value))),
            "$json" => Pattern::Json(Box::new(self.pattern(operand, pointer, Spot::Value))),
            "$all-of" => Pattern::AllOf(self.patterns(operator, operand, pointer, Spot::Value)),
            "$any-of" => Pattern::AnyOf(self.patterns(operator, operand, pointer, spot)),
            "$unordered" => Pattern::Unordered(self.patterns(operator, operand, pointer, Spot::Value)),
            "$text" => self.problem(
                pointer,
                "no operator",
                "`$text` is a function of `with`, not an operator of patterns",
                "match long text with `$len`, or with `$matches: \"^a{1024}$\"`",
            ),
            _ => {
                let remedy = match nearest(operator, OPERATORS) {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => format!(
                        "use one of {}; literal keys that start with `$` go into `$exact`",
                        OPERATORS.join(", ")
                    ),
                };
                self.problem(pointer, "unknown operator", format!("unknown operator `{operator}`"), remedy)
            }
        }
    }

    fn truth(&mut self, operator: &str, operand: &Value, pointer: &str, pattern: Pattern) -> Pattern {
        if *operand == Value::Bool(true) {
            return pattern;
        }
        let other = if operator == "$absent" { "$present" } else { "$absent" };
        self.problem(
            pointer,
            "wrong operand",
            format!("`{operator}` takes `true`, found `{operand}`"),
            format!("write `{{ {operator}: true }}`, or `{{ {other}: true }}` for the opposite"),
        )
    }

    fn value_type(&mut self, operand: &Value, pointer: &str) -> Pattern {
        match operand.as_str().map(str::parse::<ValueType>) {
            Some(Ok(value_type)) => Pattern::Type(value_type),
            Some(Err(_)) if self.later(operand) => Pattern::Present,
            Some(Err(unknown)) => {
                let remedy = match unknown.nearest {
                    Some(nearest) => format!("did you mean `{nearest}`?"),
                    None => format!("use one of {}", unknown.known.join(", ")),
                };
                self.problem(pointer, "unknown type", format!("unknown type `{}`", unknown.word), remedy)
            }
            None => {
                let message = format!("`$type` takes the name of a type, found `{operand}`");
                self.problem(pointer, "wrong operand", message, "for example `{ $type: uuid }`")
            }
        }
    }

    fn matches(&mut self, operand: &Value, pointer: &str) -> Pattern {
        let Some(text) = operand.as_str() else {
            let message = format!("`$matches` takes a regular expression as text, found `{operand}`");
            return self.problem(
                pointer,
                "wrong operand",
                message,
                "quote it, for example `{ $matches: \"^[0-9]+$\" }`",
            );
        };
        match Regex::new(text) {
            _ if self.later(operand) => Pattern::Present,
            Ok(regex) => Pattern::Matches(regex),
            Err(error) => {
                let message = format!("`{text}` is not a regular expression: {}", reason(&error));
                self.problem(pointer, "wrong operand", message, "the syntax is that of https://docs.rs/regex")
            }
        }
    }

    fn len(&mut self, operand: &Value, pointer: &str) -> Pattern {
        match operand.as_u64().map(usize::try_from) {
            Some(Ok(length)) => Pattern::Len(length),
            _ if self.later(operand) => Pattern::Present,
            _ => {
                let message = format!("`$len` takes a whole number, found `{operand}`");
                self.problem(
                    pointer,
                    "wrong operand",
                    message,
                    "for example `{ $len: 10 }`; for a range of numbers see `$between`",
                )
            }
        }
    }

    fn between(&mut self, operand: &Value, pointer: &str) -> Pattern {
        let Some([low, high]) = operand.as_array().map(Vec::as_slice) else {
            let message = format!("`$between` takes two numbers, found `{operand}`");
            return self.problem(
                pointer,
                "wrong operand",
                message,
                "for example `{ $between: [1, 5] }`, both ends included",
            );
        };
        let (first, second) = (child(pointer, "0"), child(pointer, "1"));
        let low = self.decimal("$between", low, &first);
        let high = self.decimal("$between", high, &second);
        match (low, high) {
            (Some(low), Some(high)) if low > high => self.problem(
                pointer,
                "holds nothing",
                format!("`$between` from {low} to {high} holds no number"),
                format!("write `[{high}, {low}]`"),
            ),
            (Some(low), Some(high)) => Pattern::Between(low, high),
            _ => Pattern::Present,
        }
    }

    fn decimal(&mut self, operator: &str, operand: &Value, pointer: &str) -> Option<Decimal> {
        let number = Decimal::of(operand);
        if number.is_none() && !self.later(operand) {
            let message = format!("`{operator}` takes a number or text of digits, found `{operand}`");
            self.problem(
                pointer,
                "wrong operand",
                message,
                "for example `10`, `\"10\"`, or a capture like `\"${sequence}\"`",
            );
        }
        number
    }

    fn patterns(&mut self, operator: &str, operand: &Value, pointer: &str, spot: Spot) -> Vec<Pattern> {
        match operand {
            Value::Array(items) if items.is_empty() && operator != "$unordered" => {
                self.problem(
                    pointer,
                    "empty",
                    format!("`{operator}` has no patterns"),
                    "give at least one, or leave it out",
                );
            }
            Value::Array(_) => {}
            _ => {
                let message = format!("`{operator}` takes a list of patterns, found `{operand}`");
                self.problem(pointer, "wrong operand", message, format!("for example `{{ {operator}: [ a, b ] }}`"));
            }
        }
        self.list(operand, pointer, spot)
    }
}

/// The last line of a regular expression's error, which says what is wrong; the lines above draw it.
pub(crate) fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_operator_is_read() {
        let operands = [
            json!({ "k": { "$absent": true } }),
            json!({ "$present": true }),
            json!({ "$type": "uuid" }),
            json!({ "$exact": { "$type": "uuid" } }),
            json!({ "$matches": "^a" }),
            json!({ "$len": 3 }),
            json!({ "$between": [1, "20"] }),
            json!({ "$greater-than": "18869000000000000000000000000000000000000" }),
            json!({ "$not": "a" }),
            json!({ "$all-of": [{ "$len": 1 }] }),
            json!({ "k": { "$any-of": [{ "$absent": true }, "a"] } }),
            json!({ "$unordered": [] }),
            json!({ "$each": { "$type": "map" } }),
            json!({ "$includes": "a" }),
            json!({ "$json": { "a": 1 } }),
        ];
        assert_eq!(operands.len(), OPERATORS.len());
        for (operand, operator) in operands.iter().zip(OPERATORS) {
            assert!(operand.to_string().contains(operator), "{operand} is not about {operator}");
            assert!(parse(operand).is_ok(), "{operand}: {:?}", parse(operand));
        }
    }

    #[test]
    fn a_problem_points_into_the_pattern() {
        let problem = parse(&json!({ "Messages": { "$unordered": [{ "Body": { "$tpye": "uuid" } }] } })).unwrap_err();
        assert_eq!(problem.pointer, "/Messages/$unordered/0/Body/$tpye");
        assert_eq!(problem.to_string(), "unknown operator `$tpye`: did you mean `$type`?");
    }

    #[test]
    fn operands_with_variables_are_left_for_later_by_the_check_only() {
        let pattern = json!([{ "$between": ["${low}", "${high}"] }, { "$len": "${n}" }, { "$matches": "(${unique}" }]);
        assert_eq!(check(&pattern), []);
        assert!(parse(&pattern).is_err());
    }

    #[test]
    fn absence_is_accepted_through_any_of() {
        let accepts = |value| match parse(&json!({ "k": value })).unwrap() {
            Pattern::Map(map) => map["k"].accepts_missing(),
            other => panic!("{other:?} is no map"),
        };
        assert!(accepts(json!({ "$any-of": [{ "$len": 0 }, { "$absent": true }] })));
        assert!(!accepts(json!({ "$any-of": [{ "$len": 0 }] })));
    }
}
