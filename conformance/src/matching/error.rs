//! An error pattern against a refusal.

use redeliver_model::Fault;
use redeliver_spec::{ErrorPattern, Pattern, PatternProblem};
use serde_json::Value;

use super::{Mismatch, mismatches};
use crate::observe::Refusal;

/// Every difference between an error pattern, in which variables are replaced, and a refusal. None when one of its `or` matches;
/// otherwise those of the pattern itself. An error is a message pattern that is none.
pub fn error_mismatches(pattern: &ErrorPattern, refusal: &Refusal) -> Result<Vec<Mismatch>, PatternProblem> {
    let found = own(pattern, refusal)?;
    for other in &pattern.or {
        if !found.is_empty() && own(other, refusal)?.is_empty() {
            return Ok(Vec::new());
        }
    }
    Ok(found)
}

fn own(pattern: &ErrorPattern, refusal: &Refusal) -> Result<Vec<Mismatch>, PatternProblem> {
    let mut found = Vec::new();
    let mut compare = |key: &str, expected: &str, seen: &str| {
        if expected != seen {
            let at = format!("/{key}");
            let seen = if seen.is_empty() { "nothing" } else { seen };
            found.push(Mismatch { pattern: at.clone(), at, expected: expected.to_owned(), seen: seen.to_owned() });
        }
    };
    compare("code", &pattern.code, &refusal.code);
    if let Some(type_name) = &pattern.type_name {
        compare("type", type_name, &refusal.type_name);
    }
    if let Some(status) = pattern.status {
        compare("status", &status.to_string(), &refusal.status.to_string());
    }
    if let Some(fault) = pattern.fault {
        compare("fault", word(fault), word(refusal.fault));
    }
    if let Some(message) = &pattern.message {
        let seen = refusal.message.clone().map(Value::String);
        let below = mismatches(&Pattern::parse(message)?, seen.as_ref()).into_iter();
        found.extend(below.map(|mismatch| Mismatch {
            pattern: format!("/message{}", mismatch.pattern),
            at: format!("/message{}", mismatch.at),
            ..mismatch
        }));
    }
    Ok(found)
}

/// A fault as specs write it.
fn word(fault: Fault) -> &'static str {
    match fault {
        Fault::Client => "client",
        Fault::Server => "server",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal() -> Refusal {
        Refusal {
            code: "AWS.SimpleQueueService.NonExistentQueue".to_owned(),
            type_name: "QueueDoesNotExist".to_owned(),
            status: 400,
            fault: Fault::Client,
            message: Some("The specified queue does not exist.".to_owned()),
        }
    }

    fn pattern(code: &str) -> ErrorPattern {
        ErrorPattern {
            code: code.to_owned(),
            type_name: None,
            status: None,
            fault: None,
            message: None,
            or: Vec::new(),
        }
    }

    fn told(pattern: &ErrorPattern) -> Vec<(String, String, String)> {
        let found = error_mismatches(pattern, &refusal()).unwrap().into_iter();
        found.map(|mismatch| (mismatch.pattern, mismatch.expected, mismatch.seen)).collect()
    }

    #[test]
    fn what_the_pattern_leaves_out_may_be_anything() {
        assert_eq!(told(&pattern("AWS.SimpleQueueService.NonExistentQueue")), []);
    }

    #[test]
    fn every_part_is_compared() {
        let whole = ErrorPattern {
            type_name: Some("QueueDeleted".to_owned()),
            status: Some(404),
            fault: Some(Fault::Server),
            message: Some(json!({ "$matches": "^Gone" })),
            ..pattern("Gone")
        };
        let row = |key: &str, expected: &str, seen: &str| (key.to_owned(), expected.to_owned(), seen.to_owned());
        assert_eq!(
            told(&whole),
            [
                row("/code", "Gone", "AWS.SimpleQueueService.NonExistentQueue"),
                row("/type", "QueueDeleted", "QueueDoesNotExist"),
                row("/status", "404", "400"),
                row("/fault", "server", "client"),
                row("/message", "text that matches `^Gone`", "\"The specified queue does not exist.\""),
            ]
        );
    }

    #[test]
    fn one_of_the_alternatives_is_enough() {
        let either = ErrorPattern {
            or: vec![pattern("Other"), pattern("AWS.SimpleQueueService.NonExistentQueue")],
            ..pattern("Gone")
        };
        assert_eq!(told(&either), []);
        let neither = ErrorPattern { or: vec![pattern("Other")], ..pattern("Gone") };
        assert_eq!(told(&neither).len(), 1);
    }
}
