//! An observation against an expectation.

use indexmap::IndexMap;
use redeliver_spec::{ErrorPattern, Expect, Pattern, Scope};
use serde_json::Value;

use super::fill;
use super::stop::Stop;
use crate::finding::{Difference, Exchange, Failure};
use crate::matching::{Mismatch, error_mismatches, mismatches};
use crate::observe::{Answer, Observation, Refusal};

/// An expectation with its variables replaced.
pub(super) enum Expected {
    /// Any success.
    Success,
    /// A success that looks like this.
    Ok(Pattern),
    /// This error.
    Error(ErrorPattern),
}

impl Expected {
    /// Replaces the variables of the step at this pointer.
    pub(super) fn new(expect: &Expect, scope: &Scope, step: &str) -> Result<Self, Stop> {
        Ok(match expect {
            Expect::Success => Self::Success,
            Expect::Ok(pattern) => Self::Ok(fill::pattern(pattern, scope, &format!("{step}/ok"))?),
            Expect::Error(pattern) => Self::Error(error(pattern, scope, &format!("{step}/error"))?),
        })
    }
}

fn error(pattern: &ErrorPattern, scope: &Scope, at: &str) -> Result<ErrorPattern, Stop> {
    let text = |text: &String, key| fill::text(text, scope, &format!("{at}/{key}"));
    let message = |message| fill::pattern_value(message, scope, &format!("{at}/message"));
    let other = |(index, other)| error(other, scope, &format!("{at}/or/{index}"));
    Ok(ErrorPattern {
        code: text(&pattern.code, "code")?,
        type_name: pattern.type_name.as_ref().map(|name| text(name, "type")).transpose()?,
        status: pattern.status,
        fault: pattern.fault,
        message: pattern.message.as_ref().map(message).transpose()?,
        or: pattern.or.iter().enumerate().map(other).collect::<Result<_, _>>()?,
    })
}

/// What a failure is about.
pub(super) struct Place<'a> {
    /// JSON pointer of the step.
    pub(super) step: &'a str,
    /// Key of the step that names what it does, `call` or `drain`.
    pub(super) key: &'static str,
    /// Service prefix and operation.
    pub(super) call: &'a str,
    /// Parameters as they were sent.
    pub(super) input: &'a Value,
    /// Whether an empty list counts as left out.
    pub(super) empty_is_none: bool,
}

impl Place<'_> {
    /// A failure at this key of the step, or below it.
    pub(super) fn failure(
        &self,
        title: String,
        below: &str,
        differences: Vec<Difference>,
        seen: &Observation,
    ) -> Box<Failure> {
        Box::new(Failure {
            title,
            pointer: format!("{}{below}", self.step),
            differences,
            exchange: Some(Exchange {
                call: self.call.to_owned(),
                input: self.input.clone(),
                status: seen.status,
                output: seen.body.clone(),
            }),
            witness: Vec::new(),
        })
    }
}

/// Whether an observation is what was expected; `None` when it is, else the failure. A reply that is as expected and that the SDK
/// reads otherwise is a failure too.
pub(super) fn judge(expected: &Expected, seen: &Observation, place: &Place<'_>) -> Result<Option<Box<Failure>>, Stop> {
    let Place { key, call, .. } = place;
    let failure = match (expected, &seen.answer) {
        (Expected::Success, Answer::Success(_)) => None,
        (Expected::Ok(pattern), Answer::Success(output)) => {
            let mut found = mismatches(pattern, Some(output));
            found.retain(|mismatch| !(place.empty_is_none && mismatch.is_only_empty()));
            differing(found, "/ok", |differences, below| {
                place.failure(format!("`{call}` answered something else"), below, differences, seen)
            })
        }
        (Expected::Error(pattern), Answer::Refused(refusal)) => {
            let found = error_mismatches(pattern, refusal)
                .map_err(|problem| fill::unfit_pattern(&problem, &format!("{}/error/message", place.step)))?;
            differing(found, "/error", |differences, below| {
                place.failure(format!("`{call}` failed otherwise"), below, differences, seen)
            })
        }
        (Expected::Success | Expected::Ok(_), Answer::Refused(refusal)) => {
            let below = if matches!(expected, Expected::Ok(_)) { "/ok".to_owned() } else { format!("/{key}") };
            let difference = whole("a success", &refusal_shown(refusal));
            let title = match refusal.code.as_str() {
                "" => format!("`{call}` failed without an error code"),
                code => format!("`{call}` failed with `{code}`"),
            };
            Some(place.failure(title, &below, vec![difference], seen))
        }
        (Expected::Error(pattern), Answer::Success(_)) => {
            let difference = whole(&format!("the error `{}`", pattern.code), "a success");
            let title = format!("`{call}` succeeded where it must fail");
            Some(place.failure(title, "/error", vec![difference], seen))
        }
    };
    let disagreement = || {
        let text = seen.disagreement.as_ref()?;
        let difference = whole("a reply that the SDK reads as it is", text);
        let title = format!("the SDK does not understand the reply of `{call}`");
        Some(place.failure(title, &format!("/{key}"), vec![difference], seen))
    };
    Ok(failure.or_else(disagreement))
}

/// A failure of these mismatches, at the first one's place in the spec; `None` when there are none.
pub(super) fn differing(
    found: Vec<Mismatch>,
    key: &str,
    failure: impl FnOnce(Vec<Difference>, &str) -> Box<Failure>,
) -> Option<Box<Failure>> {
    let below = format!("{key}{}", found.first()?.pattern);
    Some(failure(found.into_iter().map(Difference::from).collect(), &below))
}

/// A difference of the whole.
pub(super) fn whole(expected: &str, seen: &str) -> Difference {
    Difference { at: String::new(), expected: expected.to_owned(), seen: seen.to_owned() }
}

/// A refusal in words.
pub(super) fn refusal_shown(refusal: &Refusal) -> String {
    let Refusal { code, status, .. } = refusal;
    let message = refusal.message.as_deref().unwrap_or("no message");
    match code.as_str() {
        "" => format!("status {status} without an error code: {message}"),
        _ => format!("the error `{code}`, status {status}: {message}"),
    }
}

/// What the step saves from a response, or the failure of a pointer that finds nothing.
pub(super) fn save(
    save: &IndexMap<String, String>,
    seen: &Observation,
    place: &Place<'_>,
) -> Result<Vec<(String, Value)>, Box<Failure>> {
    // What the operation gives, which in XML stands within the body.
    let result = match &seen.answer {
        Answer::Success(result) => result,
        Answer::Refused(_) => &seen.body,
    };
    pick(save, result, place.call, |title, below, differences| place.failure(title, below, differences, seen))
}

/// What `save` names in the body of an answer to `call`; `fail` makes the failure of a pointer that finds nothing.
pub(super) fn pick(
    save: &IndexMap<String, String>,
    body: &Value,
    call: &str,
    fail: impl Fn(String, &str, Vec<Difference>) -> Box<Failure>,
) -> Result<Vec<(String, Value)>, Box<Failure>> {
    let find = |(name, pointer): (&String, &String)| {
        if let Some(value) = find(body, pointer) {
            return Ok((name.clone(), value));
        }
        let expected = format!("a value for `{name}`");
        let difference = Difference { at: pointer.clone(), expected, seen: "nothing".to_owned() };
        let title = format!("`{call}` answered nothing at `{pointer}`, which is saved");
        Err(fail(title, &format!("/save/{name}"), vec![difference]))
    };
    save.iter().map(find).collect()
}

/// What a pointer leads to; `/$json` goes on into the JSON of a text.
fn find(value: &Value, pointer: &str) -> Option<Value> {
    match pointer.split_once("/$json") {
        Some((before, within)) if within.is_empty() || within.starts_with('/') => {
            let inner = serde_json::from_str(value.pointer(before)?.as_str()?).ok()?;
            find(&inner, within)
        }
        _ => value.pointer(pointer).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::find;

    #[test]
    fn pointers_go_on_into_the_json_of_a_text() {
        let value = json!({ "Body": r#"{"a":[1,"{\"b\":2}"]}"#, "$jsonl": 3 });
        let found = ["/Body/$json/a/0", "/Body/$json/a/1/$json/b", "/$jsonl", "/Body/$json/c", "/$json"]
            .map(|pointer| find(&value, pointer));
        let number = |number: u64| Some(Value::from(number));
        assert_eq!(found, [number(1), number(2), number(3), None, None]);
    }
}
