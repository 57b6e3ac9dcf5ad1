//! Random policies and messages over few names and values, so that they often meet.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const NAMES: [&str; 5] = ["a", "b", "a.b", "c", "b.c"];
const TEXTS: [&str; 11] = ["", "a", "ab", "aB", "ba", "É", "é", "a\"", "\\", "10.0.0.1", "10.1.2.3"];
const WILDCARDS: [&str; 7] = ["*", "a*", "*b", "a*b", "*.0.*", "*a*", "b"];

fn text() -> impl Strategy<Value = Value> {
    select(&TEXTS[..]).prop_map(Value::from)
}

/// With two digits after the point.
fn number() -> impl Strategy<Value = Value> {
    (-300_i32..300).prop_map(|hundredths| json!(f64::from(hundredths / 50 * 50) / 100.0))
}

/// A value that is no object and no list.
pub(crate) fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![4 => text(), 3 => number(), 1 => Just(json!(true)), 1 => Just(json!(false)), 1 => Just(Value::Null)]
}

fn non_empty() -> impl Strategy<Value = Value> {
    select(&TEXTS[1..]).prop_map(Value::from)
}

fn wildcard() -> impl Strategy<Value = Value> {
    select(&WILDCARDS[..]).prop_map(Value::from)
}

fn range() -> impl Strategy<Value = Value> {
    let single =
        (select(&["=", "<", "<=", ">", ">="][..]), number()).prop_map(|(operator, bound)| json!([operator, bound]));
    let both = (select(&[">", ">="][..]), -300_i32..300, select(&["<", "<="][..]), 1_i32..300).prop_map(
        |(from, bottom, to, more)| json!([from, f64::from(bottom) / 100.0, to, f64::from(bottom + more) / 100.0]),
    );
    prop_oneof![single, both]
}

fn one_or_many(of: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![of.clone(), prop::collection::vec(of, 1..3).prop_map(Value::from)]
}

fn anything_but() -> impl Strategy<Value = Value> {
    prop_oneof![
        one_or_many(text().boxed()),
        one_or_many(number().boxed()),
        one_or_many(non_empty().boxed()).prop_map(|texts| json!({ "prefix": texts })),
        one_or_many(non_empty().boxed()).prop_map(|texts| json!({ "suffix": texts })),
        one_or_many(text().boxed()).prop_map(|texts| json!({ "equals-ignore-case": texts })),
        one_or_many(wildcard().boxed()).prop_map(|texts| json!({ "wildcard": texts })),
    ]
}

/// One alternative of a key.
fn pattern() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => scalar(),
        1 => text().prop_map(|text| json!({ "prefix": text })),
        1 => text().prop_map(|text| json!({ "suffix": text })),
        1 => text().prop_map(|text| json!({ "equals-ignore-case": text })),
        1 => wildcard().prop_map(|text| json!({ "wildcard": text })),
        1 => select(&["10.0.0.0/8", "10.0.0.0/24", "10.0.0.0/31"][..]).prop_map(|cidr| json!({ "cidr": cidr })),
        2 => range().prop_map(|range| json!({ "numeric": range })),
        2 => any::<bool>().prop_map(|exists| json!({ "exists": exists })),
        2 => anything_but().prop_map(|unwanted| json!({ "anything-but": unwanted })),
    ]
}

fn patterns() -> impl Strategy<Value = Value> {
    prop::collection::vec(pattern(), 1..5).prop_map(Value::from)
}

fn object(members: Vec<(&'static str, Value)>) -> Value {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

fn members(value: impl Strategy<Value = Value> + 'static, count: Range<usize>) -> impl Strategy<Value = Value> {
    prop::collection::vec((select(&NAMES[..]), value), count).prop_map(object)
}

/// An object with, in one of three, alternatives besides.
fn with_alternatives(objects: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    let alternatives = prop::option::weighted(0.33, prop::collection::vec(objects.clone(), 2..4));
    (objects, alternatives).prop_map(|(mut object, alternatives)| {
        if let Some(alternatives) = alternatives {
            object["$or"] = alternatives.into();
        }
        object
    })
}

/// A policy for attributes.
pub(crate) fn flat_policy() -> impl Strategy<Value = Value> {
    with_alternatives(members(patterns(), 1..4).boxed())
}

/// A policy for bodies.
pub(crate) fn nested_policy() -> impl Strategy<Value = Value> {
    let inner = prop_oneof![3 => patterns(), 2 => with_alternatives(members(patterns(), 1..3).boxed())];
    with_alternatives(members(inner.boxed(), 1..3).boxed())
}

/// A body, mostly an object.
pub(crate) fn body() -> impl Strategy<Value = Value> {
    let value = scalar().prop_recursive(4, 60, 4, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from), members(inner, 2..5)]
    });
    prop_oneof![20 => members(value.clone(), 2..6), 1 => value, 1 => Just(json!({}))]
}

/// Attributes by name: a binary one, a text, a number, or a list.
pub(crate) fn attributes() -> impl Strategy<Value = Vec<(&'static str, Attribute)>> {
    let attribute = prop_oneof![
        1 => Just(Attribute::Binary),
        3 => text().prop_map(Attribute::Single),
        3 => number().prop_map(Attribute::Single),
        2 => prop::collection::vec(scalar(), 0..4).prop_map(Attribute::List),
    ];
    prop::collection::vec((select(&NAMES[..]), attribute), 0..5)
}

/// An attribute of a message.
#[derive(Debug, Clone)]
pub(crate) enum Attribute {
    Binary,
    Single(Value),
    List(Vec<Value>),
}
