//! Fills variables into a spec.
//!
//! Lint has seen to it that every variable is known and every pattern well formed. What can still go wrong is a value that the target
//! answered and the spec saved: a list where text is due, text that is no number. That is a failure of the target.

use redeliver_spec::template::{resolve, substitute, substitute_text};
use redeliver_spec::{Pattern, PatternProblem, Scope, TemplateProblem};
use serde_json::Value;

use super::stop::Stop;
use crate::finding::{Difference, Failure};

/// Parameters; `at` is their JSON pointer in the spec, as everywhere here.
pub(super) fn parameters(value: &Value, scope: &Scope, at: &str) -> Result<Value, Stop> {
    resolve(value, scope).map_err(|problem| unfit_template(&problem, at))
}

/// Text.
pub(super) fn text(text: &str, scope: &Scope, at: &str) -> Result<String, Stop> {
    substitute_text(text, scope).map_err(|problem| unfit_template(&problem, at))
}

/// A pattern as a value.
pub(super) fn pattern_value(value: &Value, scope: &Scope, at: &str) -> Result<Value, Stop> {
    substitute(value, scope).map_err(|problem| unfit_template(&problem, at))
}

/// A pattern.
pub(super) fn pattern(value: &Value, scope: &Scope, at: &str) -> Result<Pattern, Stop> {
    Pattern::parse(&pattern_value(value, scope, at)?).map_err(|problem| unfit_pattern(&problem, at))
}

/// A pattern that a saved value does not fit into.
pub(super) fn unfit_pattern(problem: &PatternProblem, at: &str) -> Stop {
    unfit(format!("{at}{}", problem.pointer), &problem.remedy, &problem.message)
}

fn unfit_template(problem: &TemplateProblem, at: &str) -> Stop {
    unfit(format!("{at}{}", problem.pointer), &problem.fault.remedy(), &problem.fault.message())
}

fn unfit(pointer: String, expected: &str, seen: &str) -> Stop {
    let difference = Difference { at: String::new(), expected: expected.to_owned(), seen: seen.to_owned() };
    Stop::Broken(Box::new(Failure {
        title: "a value that an earlier step saved does not fit".to_owned(),
        pointer,
        differences: vec![difference],
        exchange: None,
        witness: Vec::new(),
    }))
}
