//! Random policies and messages, held against the naive matcher.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use redeliver_core::sns::filter_policy::{FilterPolicy, Filterable, Scope};
use serde_json::Value;

use super::draw::{Attribute, attributes, body, flat_policy, nested_policy};
use super::naive::{attributes_match, body_matches};

/// Compiles a policy that is right; one may still be too large.
fn compile(policy: &Value, scope: Scope) -> Result<FilterPolicy, TestCaseError> {
    FilterPolicy::parse(&policy.to_string(), scope).map_err(|fault| {
        let fault = fault.to_string();
        let is_quota = fault.ends_with("Filter policy is too complex") || fault.ends_with("more than 5 keys");
        if is_quota { TestCaseError::reject(fault) } else { TestCaseError::fail(fault) }
    })
}

/// What a policy compares of a text: its quotation marks and backslashes are escaped.
fn escaped(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let quoted = Value::from(text).to_string();
            quoted[1..quoted.len() - 1].into()
        }
        other => other,
    }
}

fn config() -> Config {
    Config {
        cases: 1_000,
        max_global_rejects: 40_000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(5),
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn attributes_match_as_the_naive_matcher_says(policy in flat_policy(), attributes in attributes()) {
        let compiled = compile(&policy, Scope::MessageAttributes)?;
        let attributes: BTreeMap<&str, Attribute> = attributes.into_iter().collect();
        let texts: BTreeMap<&str, (&str, Option<String>)> = attributes.iter().map(|(name, attribute)| {
            let written = match attribute {
                Attribute::Binary => ("Binary", None),
                Attribute::Single(Value::String(text)) => ("String", Some(text.clone())),
                Attribute::Single(value) => ("Number", Some(value.to_string())),
                Attribute::List(values) => ("String.Array", Some(Value::from(values.clone()).to_string())),
            };
            (*name, written)
        }).collect();
        let message = Filterable::new(texts.iter().map(|(name, (kind, text))| (*name, *kind, text.as_deref())), "");
        let naive = attributes.into_iter().map(|(name, attribute)| {
            let values = match attribute {
                Attribute::Binary => None,
                Attribute::Single(value) => Some(vec![escaped(value)]),
                Attribute::List(values) => Some(values.into_iter().map(escaped).collect()),
            };
            (name.to_owned(), values)
        }).collect();
        prop_assert_eq!(compiled.matches(&message), attributes_match(&policy, &naive));
    }

    #[test]
    fn bodies_match_as_the_naive_matcher_says(policy in nested_policy(), body in body()) {
        let compiled = compile(&policy, Scope::MessageBody)?;
        let text = body.to_string();
        prop_assert_eq!(compiled.matches(&Filterable::new([], &text)), body_matches(&policy, &body), "{} {}", policy, body);
    }

    /// Whatever a text is, it is a policy or a complaint, and a message matches it or not.
    #[test]
    fn no_text_is_too_strange(policy in ".{0,40}|[\\[\\]{}\",:a1$or*\\\\ ]{0,60}", body in ".{0,20}|[\\[\\]{}\",:a1\\\\]{0,40}") {
        for scope in [Scope::MessageAttributes, Scope::MessageBody] {
            if let Ok(policy) = FilterPolicy::parse(&policy, scope) {
                let message = Filterable::new([("a", "String.Array", Some(body.as_str()))], &body);
                prop_assert_eq!(policy.matches(&message), policy.matches(&message));
            }
        }
        let is_json = serde_json::from_str::<Value>(&policy).is_ok();
        let complaint = FilterPolicy::parse(&policy, Scope::MessageBody).err().map(|fault| fault.to_string()).unwrap_or_default();
        prop_assert_eq!(!is_json, complaint.starts_with("FilterPolicy: failed to parse JSON."), "{}", complaint);
    }
}

/// The property would say little if policies and messages never met.
#[test]
fn draws_match_and_do_not_match() {
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::new(config());
    let mut matched = 0;
    let mut compared = 0;
    while compared < 1_000 {
        let (policy, body) = (nested_policy(), body()).new_tree(&mut runner).unwrap().current();
        if let Ok(compiled) = compile(&policy, Scope::MessageBody) {
            compared += 1;
            matched += usize::from(compiled.matches(&Filterable::new([], &body.to_string())));
        }
    }
    assert!((100..900).contains(&matched), "{matched} of {compared} matched");
}
