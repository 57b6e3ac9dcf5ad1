//! Matching, operator by operator, as `specs/README.md` defines it.
#![cfg(test)]

use proptest::prelude::*;
use redeliver_conformance::matching::{Mismatch, mismatches};
use redeliver_spec::Pattern;
use serde_json::{Map, Value, json};

fn found(pattern: &Value, value: Option<&Value>) -> Vec<Mismatch> {
    mismatches(&Pattern::parse(pattern).unwrap(), value)
}

/// Each mismatch as `place in the pattern | place in the value | expected | seen`.
fn told(pattern: &Value, value: &Value) -> Vec<String> {
    let shown = |found: Mismatch| format!("{} | {} | {} | {}", found.pattern, found.at, found.expected, found.seen);
    found(pattern, Some(value)).into_iter().map(shown).collect()
}

fn matches(pattern: &Value, value: &Value) -> bool {
    told(pattern, value).is_empty()
}

#[test]
fn each_operator_takes_what_it_should_and_nothing_else() {
    let rows = [
        (json!("a"), json!("a"), json!("b")),
        (json!(1), json!(1.0), json!("1")),
        (json!(true), json!(true), json!("true")),
        (json!({ "a": 1 }), json!({ "a": 1, "b": 2 }), json!({ "b": 2 })),
        (json!([1, 2]), json!([1, 2]), json!([2, 1])),
        (json!([]), json!([]), json!([1])),
        (json!({ "a": { "$absent": true } }), json!({ "b": 1 }), json!({ "a": 1 })),
        (json!({ "a": { "$present": true } }), json!({ "a": null }), json!({})),
        (json!({ "$type": "list" }), json!([]), json!({})),
        (json!({ "$exact": { "a": [1] } }), json!({ "a": [1] }), json!({ "a": [1], "b": 2 })),
        (json!({ "$matches": "^a.c$" }), json!("abc"), json!("abcd")),
        (json!({ "$matches": "1" }), json!("1"), json!(1)),
        (json!({ "$len": 2 }), json!("äö"), json!("äöü")),
        (json!({ "$len": 1 }), json!({ "a": 1 }), json!([])),
        (json!({ "$between": [2, "4"] }), json!("4"), json!(5)),
        (json!({ "$between": [2, 4] }), json!(2), json!("1")),
        (json!({ "$greater-than": "9" }), json!("10"), json!("9")),
        (json!({ "$greater-than": 9 }), json!(9.5), json!("x")),
        (json!({ "$not": "a" }), json!("b"), json!("a")),
        (json!({ "$all-of": [{ "$type": "string" }, { "$len": 1 }] }), json!("a"), json!("ab")),
        (json!({ "$any-of": [1, 2] }), json!(2), json!(3)),
        (json!({ "$unordered": [1, 2] }), json!([2, 1]), json!([2, 2])),
        (json!({ "$each": { "$type": "integer" } }), json!([1, 2]), json!([1, "2"])),
        (json!({ "$each": { "$type": "integer" } }), json!([1]), json!([])),
        (json!({ "$includes": 2 }), json!([1, 2]), json!([1, 3])),
        (json!({ "$json": { "a": 1 } }), json!("{\"a\":1,\"b\":2}"), json!("{\"a\":2}")),
        (json!({ "$json": 1 }), json!("1"), json!("one")),
    ];
    for (pattern, yes, no) in rows {
        assert_eq!((matches(&pattern, &yes), matches(&pattern, &no)), (true, false), "{pattern}");
    }
}

#[test]
fn only_absent_takes_a_missing_value() {
    let missing = |pattern: Value| found(&json!({ "a": pattern }), Some(&json!({}))).is_empty();
    assert!(missing(json!({ "$absent": true })));
    assert!(missing(json!({ "$any-of": [1, { "$absent": true }] })));
    for pattern in
        [json!(1), json!({ "$present": true }), json!({ "$not": 1 }), json!({ "$any-of": [1, 2] }), json!({})]
    {
        assert!(!missing(pattern.clone()), "{pattern}");
    }
}

#[test]
fn every_difference_is_told_with_its_place_in_pattern_and_value() {
    let pattern = json!({
        "Url": { "$type": "url" },
        "Gone": { "$absent": true },
        "Missing": "x",
        "Messages": { "$unordered": [{ "Body": "a" }, { "Body": "b" }] },
        "Both": { "$all-of": [{ "$len": 2 }, "zz"] },
        "All": { "$each": { "n": 1 } },
        "Policy": { "$json": { "max": 3, "a/b": [1] } },
        "Whole": { "$exact": { "k": 1 } },
    });
    let value = json!({
        "Url": 5,
        "Gone": null,
        "Messages": [{ "Body": "b" }, { "Body": "c" }],
        "Both": "z",
        "All": [{ "n": 1 }, { "n": 2 }, {}],
        "Policy": "{\"max\":4,\"a/b\":[2]}",
        "Whole": { "k": 2, "more": 3 },
    });
    let expected = [
        "/Url | /Url | url: text that starts with http:// or https:// and a host, without white space | 5",
        "/Gone | /Gone | nothing | null",
        "/Missing | /Missing | \"x\" | nothing",
        "/Messages/$unordered/0 | /Messages/1 | in any order: an element {\"Body\": \"a\"} | left over: {\"Body\":\"c\"}",
        "/Both/$all-of/0 | /Both | length 2 | \"z\"",
        "/Both/$all-of/1 | /Both | \"zz\" | \"z\"",
        "/All/$each/n | /All/1/n | 1 | 2",
        "/All/$each/n | /All/2/n | 1 | nothing",
        "/Policy/$json/max | /Policy/max | 3 | 4",
        "/Policy/$json/a~1b/0 | /Policy/a~1b/0 | 1 | 2",
        "/Whole/$exact/k | /Whole/k | exactly 1 | 2",
        "/Whole/$exact | /Whole/more | no further key | 3",
    ];
    assert_eq!(told(&pattern, &value), expected);
}

#[test]
fn lists_of_another_length_are_told_whole() {
    let expected = [" |  | a list of 2 | a list of 3: [1,2,3]"];
    assert_eq!(told(&json!([1, 2]), &json!([1, 2, 3])), expected);
    assert_eq!(told(&json!([1]), &json!("x")), [" |  | a list of 1 | \"x\""]);
    assert_eq!(told(&json!({ "$unordered": [1] }), &json!([])), ["/$unordered |  | a list of 1 | a list of 0: []"]);
}

#[test]
fn long_values_are_cut() {
    let [mismatch] = &found(&json!("a"), Some(&json!("ä".repeat(10_000))))[..] else { panic!("one mismatch") };
    assert!(mismatch.seen.ends_with("… (10002 characters)") && mismatch.seen.len() < 2_000, "{}", mismatch.seen.len());
}

/// Values without operators in them.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-5_i64..5).prop_map(Value::from),
        "[a-c/~]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec(("[a-c/~]{1,2}", inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn a_value_matches_itself_in_every_way(value in values()) {
        prop_assert!(matches(&value, &value));
        let (exact, inside, not) = (json!({ "$exact": value }), json!({ "$json": value }), json!({ "$not": value }));
        prop_assert!(matches(&exact, &value));
        prop_assert!(matches(&inside, &Value::String(value.to_string())));
        prop_assert!(!matches(&not, &value));
    }

    #[test]
    fn exact_is_equality(one in values(), two in values()) {
        prop_assert_eq!(matches(&json!({ "$exact": one }), &two), one == two);
    }

    #[test]
    fn mismatches_point_at_what_they_saw(pattern in values(), value in values()) {
        for mismatch in found(&pattern, Some(&value)) {
            let there = value.pointer(&mismatch.at);
            prop_assert_eq!(there.is_none(), mismatch.seen == "nothing", "{:?}", mismatch);
            prop_assert!(pattern.pointer(&mismatch.pattern).is_some(), "{:?}", mismatch);
        }
    }

    #[test]
    fn unordered_takes_every_order(items in proptest::collection::vec(values(), 0..6), seed in any::<u64>()) {
        let mut shuffled = items.clone();
        fastrand::Rng::with_seed(seed).shuffle(&mut shuffled);
        let unordered = json!({ "$unordered": items });
        prop_assert!(matches(&unordered, &Value::from(shuffled)));
    }

    #[test]
    fn operators_of_logic_are_what_their_names_say(one in values(), two in values(), value in values()) {
        let (first, second) = (matches(&one, &value), matches(&two, &value));
        prop_assert_eq!(matches(&json!({ "$all-of": [one, two] }), &value), first && second);
        prop_assert_eq!(matches(&json!({ "$any-of": [one, two] }), &value), first || second);
        prop_assert_eq!(matches(&json!({ "$not": one }), &value), !first);
    }
}
