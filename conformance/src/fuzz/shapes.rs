//! Values by the API model: those that its constraints allow, and those that they do not.

use proptest::prelude::{BoxedStrategy, Just, Strategy, any};
use proptest::sample::select;
use proptest::string::string_regex;
use redeliver_model::{Kind, Shape};
use serde_json::{Value, json};

/// The longest text that is worth sending.
const LONG: i64 = 300_000;

/// Values of a scalar shape that its constraints allow.
pub(super) fn scalar(shape: &'static Shape) -> BoxedStrategy<Value> {
    let limits = shape.constraints;
    match shape.kind {
        Kind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Integer | Kind::Long => {
            let least = limits.min.unwrap_or(0);
            let most = limits.max.unwrap_or(10).max(least);
            select(vec![least, most, least.midpoint(most)]).prop_map(Value::from).boxed()
        }
        Kind::Double => Just(json!(1.5)).boxed(),
        Kind::Timestamp => Just(json!(1_700_000_000)).boxed(),
        Kind::Blob => select(vec!["YQ==", "YWI="]).prop_map(Value::from).boxed(),
        Kind::String if !limits.values.is_empty() => select(limits.values.to_vec()).prop_map(Value::from).boxed(),
        Kind::String => text(shape),
        Kind::Structure { .. } | Kind::EventStream { .. } | Kind::List { .. } | Kind::Map { .. } => {
            Just(json!({})).boxed()
        }
    }
}

fn text(shape: &'static Shape) -> BoxedStrategy<Value> {
    let plain = || select(vec!["a", "b", "c"]).prop_map(Value::from).boxed();
    let Some(pattern) = shape.constraints.pattern else { return plain() };
    let within = move |text: &str| {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        length >= shape.constraints.min.unwrap_or(0) && length <= shape.constraints.max.unwrap_or(i64::MAX)
    };
    // Not every expression of a model is one of this language, and lengths are a matter of their own.
    match string_regex(pattern) {
        Ok(strategy) => {
            strategy.prop_map(move |text| Value::from(if within(&text) { text } else { "a".into() })).boxed()
        }
        Err(_) => plain(),
    }
}

/// Values of a shape that its constraints, or good sense, do not allow.
pub(super) fn odd(shape: &Shape, value: &Value) -> Vec<Value> {
    let limits = shape.constraints;
    match shape.kind {
        Kind::Integer | Kind::Long => {
            let mut odd = vec![json!(-1), json!(0)];
            odd.extend(limits.min.map(|least| json!(least - 1)));
            odd.extend(limits.max.filter(|most| *most < i64::from(i32::MAX)).map(|most| json!(most + 1)));
            odd
        }
        Kind::String => {
            let mut odd = vec![json!(""), json!("a b"), json!("é"), json!("x/y")];
            odd.extend(limits.max.filter(|most| *most <= LONG).map(|most| long("a", most + 1)));
            odd
        }
        Kind::Blob => {
            limits.max.filter(|most| *most <= LONG).map(|most| long("YWFh", most / 3 + 1)).into_iter().collect()
        }
        Kind::List { .. } => {
            let mut odd = vec![json!([])];
            if let Some(first) = value.as_array().and_then(|list| list.first()) {
                odd.push(json!([first, first]));
                odd.extend(limits.max.filter(|most| *most < 60).map(|most| json!(vec![first; count(most + 1)])));
            }
            odd
        }
        Kind::Map { .. } => vec![json!({})],
        Kind::Structure { .. } | Kind::EventStream { .. } | Kind::Double | Kind::Boolean | Kind::Timestamp => {
            Vec::new()
        }
    }
}

/// A text so often.
pub(super) fn long(text: &str, times: i64) -> Value {
    json!({ "$text": { "repeat": text, "times": times } })
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}
