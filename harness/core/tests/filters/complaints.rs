//! Policies that are refused, with the words of AWS.

use redeliver_core::sns::filter_policy::{FilterPolicy, Scope};

fn complaint(text: &str, scope: Scope) -> String {
    FilterPolicy::parse(text, scope).unwrap_err().to_string()
}

/// Recorded 2024-05-14 and 2024-12-03, with the place of each.
#[test]
fn policies_are_refused_as_recorded() {
    for (text, words, column) in [
        (r#"{"key":[["value"]]}"#, "Match value must be String, number, true, false, or null", 10),
        (r#"{"key":[{"wrong-operator":true}]}"#, "Unrecognized match type wrong-operator", 31),
        (r#"{"key":[{"suffix":"value","prefix":"value2"}]}"#, "Only one key allowed in match expression", 37),
        (r#"{"key":[{"exists":null}]}"#, "exists match pattern must be either true or false.", 23),
        (r#"{"key":[{"exists":"no"}]}"#, "exists match pattern must be either true or false.", 20),
        (r#"{"key":[{"numeric":[]}]}"#, "Invalid member in numeric match: ]", 22),
        (r#"{"key":[{"numeric":["operator"]}]}"#, "Unrecognized numeric range operator: operator", 32),
        (r#"{"key":[{"numeric":[1,"<="]}]}"#, "Invalid member in numeric match: 1", 22),
        (r#"{"key":[{"numeric":["=","000"]}]}"#, "Value of equals must be numeric", 26),
        (r#"{"key":[{"numeric":[">="]}]}"#, "Value of >= must be numeric", 26),
        (r#"{"key":[{"numeric":["<",100,">",10]}]}"#, "Too many elements in numeric expression", 30),
        (r#"{"key":[{"numeric":[">=",1,">",2]}]}"#, "Bad numeric range operator: >", 31),
        (r#"{"key":[{"numeric":[">",3,"<",1]}]}"#, "Bottom must be less than top", 33),
        (r#"{"key":[{"numeric":[">",20,"<="]}]}"#, "Value of <= must be numeric", 33),
        (r#"{"key":[{"numeric":[">",20,30]}]}"#, "Bad value in numeric range: 30", 30),
        (r#"{"key":[{"numeric":[">",20,"test"]}]}"#, "Bad numeric range operator: test", 34),
        (r#"{"key":[{"numeric":[">","20","<","30"]}]}"#, "Value of > must be numeric", 26),
        (r#"{"key":[{"numeric":[">",20,"<","30"]}]}"#, "Value of < must be numeric", 33),
        (r#"{"key":[{"numeric":[">",20,"<",30,"<",50]}]}"#, "Too many terms in numeric range expression", 36),
        (r#"{"key":[]}"#, "Empty arrays are not allowed", 10),
        (r#"{"key":[{"suffix":100}]}"#, "suffix match pattern must be a string", 22),
        (r#"{"key":[{"suffix":null}]}"#, "suffix match pattern must be a string", 23),
        (r#"{"key":{"suffix":"value"}}"#, "\"suffix\" must be an object or an array", 19),
        (r#"{"key":[{"suffix":[]}]}"#, "suffix match pattern must be a string", 20),
        (r#"{"key":[{"suffix":["test","test2"]}]}"#, "suffix match pattern must be a string", 20),
        (r#"{"key":{"suffix":"value","prefix":"value"}}"#, "\"suffix\" must be an object or an array", 19),
        (r#"{"key":{"not-an-operator":"value"}}"#, "\"not-an-operator\" must be an object or an array", 28),
        (r#"{"key":[{"cidr":["bad-filter"]}]}"#, "prefix match pattern must be a string", 18),
        (r#"{"key_a":"value_one"}"#, "\"key_a\" must be an object or an array", 11),
    ] {
        let expected = format!("FilterPolicy: {words}\n at [Source: (String)\"{text}\"; line: 1, column: {column}]");
        assert_eq!(complaint(text, Scope::MessageAttributes), expected);
    }
}

/// Recorded 2024-05-14 and 2024-12-03, without a place.
#[test]
fn complaints_about_ranges_of_addresses_tell_no_place() {
    for (text, words) in [
        (r#"{"key":[{"cidr":"bad-filter"}]}"#, "Malformed CIDR, one '/' required"),
        (r#"{"key":[{"cidr":"bad-filter/64"}]}"#, "Nonstandard IP address: bad-filter"),
        (r#"{"key":[{"cidr":"bad-filter/bad-filter"}]}"#, "Malformed CIDR, mask bits must be an integer"),
        (r#"{"key":[{"cidr":"xx.11.xx/8"}]}"#, "Nonstandard IP address: xx.11.xx"),
        (r#"{"key":[{"cidr":"xxxx:db8:1234:1a00::/64"}]}"#, "Nonstandard IP address: xxxx:db8:1234:1a00::"),
    ] {
        assert_eq!(complaint(text, Scope::MessageAttributes), format!("FilterPolicy: {words}"));
    }
}

/// Not recorded: the wording is that of <https://github.com/aws/event-ruler>.
#[test]
fn policies_are_refused_as_the_ruler_does() {
    for (text, words, column) in [
        ("[]", "Filter is not an object", 2),
        ("{}", "Empty objects are not allowed", 3),
        (r#"{"key":[{}]}"#, "Match expression name not found", 11),
        (r#"{"key":[{"numeric":1}]}"#, "Value of numeric must be an array.", 21),
        (r#"{"key":[{"numeric":["=",1],"x":1}]}"#, "Too many elements in numeric expression", 33),
        (r#"{"key":[{"numeric":["<",1e10]}]}"#, "Value must be between -1.0E9 and 1.0E9, inclusive", 30),
        (
            r#"{"key":[{"anything-but":true}]}"#,
            "Value of anything-but must be an array or single string/number value.",
            29,
        ),
        (
            r#"{"key":[{"anything-but":[]}]}"#,
            "Inside anything but list, either all values are number or string, mixed type is not supported",
            27,
        ),
        (
            r#"{"key":[{"anything-but":["a",1]}]}"#,
            "Inside anything but list, either all values are number or string, mixed type is not supported",
            32,
        ),
        (r#"{"key":[{"anything-but":[null]}]}"#, "Inside anything but list, start|null|boolean is not supported.", 30),
        (r#"{"key":[{"anything-but":{}}]}"#, "Anything-But expression name not found", 27),
        (r#"{"key":[{"anything-but":{"numeric":["=",1]}}]}"#, "Unsupported anything-but pattern: numeric", 37),
        (r#"{"key":[{"anything-but":{"prefix":""}}]}"#, "Null prefix/suffix not allowed", 37),
        (r#"{"key":[{"anything-but":{"suffix":[1]}}]}"#, "prefix/suffix match pattern must be a string", 37),
        (r#"{"key":[{"anything-but":{"wildcard":"a**"}}]}"#, "Consecutive wildcard characters at pos 2", 42),
        (r#"{"key":[{"wildcard":"a**"}]}"#, "Consecutive wildcard characters at pos 2", 26),
    ] {
        let expected = format!("FilterPolicy: {words}\n at [Source: (String)\"{text}\"; line: 1, column: {column}]");
        assert_eq!(complaint(text, Scope::MessageBody), expected);
    }
}

#[test]
fn nested_policy_is_for_bodies_only() {
    let text = r#"{"object":{"key":[{"prefix":"auto-"}]}}"#;
    let words = "Filter policy scope MessageAttributes does not support nested filter policy";
    assert_eq!(complaint(text, Scope::MessageAttributes), words);
    assert!(FilterPolicy::parse(text, Scope::MessageBody).is_ok());
}

#[test]
fn policy_has_at_most_five_keys_of_values() {
    let policy = |keys: usize| {
        let keys: Vec<String> = (0..keys).map(|key| format!("\"key{key}\":[\"value\"]")).collect();
        format!("{{{}}}", keys.join(","))
    };
    for scope in [Scope::MessageAttributes, Scope::MessageBody] {
        assert!(FilterPolicy::parse(&policy(5), scope).is_ok());
        assert_eq!(complaint(&policy(6), scope), "FilterPolicy: Filter policy can not have more than 5 keys");
    }
    let nested = |keys: usize| format!("{{\"outer\":{{\"inner\":{}}}}}", policy(keys));
    assert!(FilterPolicy::parse(&nested(5), Scope::MessageBody).is_err(), "3 to the power of 5 combinations");
    assert!(FilterPolicy::parse(&nested(4), Scope::MessageBody).is_ok());
}

#[test]
fn policy_has_at_most_150_combinations() {
    let list = |values: usize| format!("[{}]", vec!["1"; values].join(","));
    let flat = |one: usize, other: usize| format!("{{\"a\":{},\"b\":{}}}", list(one), list(other));
    let words = "FilterPolicy: Filter policy is too complex";
    for scope in [Scope::MessageAttributes, Scope::MessageBody] {
        assert!(FilterPolicy::parse(&flat(15, 10), scope).is_ok());
        for (one, other) in [(151, 1), (100, 51), (16, 10)] {
            assert_eq!(complaint(&flat(one, other), scope), words);
        }
        let or = |one: usize, other: usize| {
            format!("{{\"k\":{},\"$or\":[{{\"a\":{}}},{{\"b\":{}}}]}}", list(10), list(one), list(other))
        };
        assert!(FilterPolicy::parse(&or(7, 8), scope).is_ok());
        assert_eq!(complaint(&or(8, 8), scope), words);
    }
    // Levels multiply: 3 x 4, 2 x 3 and 1 x 3 are 216 and recorded, 3 x 4 and 2 x 3 are 72.
    let deep = |last: &str| format!("{{\"a\":{{\"b\":{{\"c\":{}}}}},\"d\":{{\"e\":{}}}{last}}}", list(4), list(3));
    assert_eq!(complaint(&deep(",\"f\":[1,2,3]"), Scope::MessageBody), words);
    assert!(FilterPolicy::parse(&deep(",\"f\":[1,2]"), Scope::MessageBody).is_ok());
}

#[test]
fn alternatives_of_alternatives_do_not_take_long() {
    let or = "\"$or\":[{\"a\":[1]},{\"b\":[2]}]";
    let mut policy = format!("{{{or}}}");
    for key in 0..400 {
        policy = format!("{{{or},\"k{key}\":{policy}}}");
    }
    assert_eq!(complaint(&policy, Scope::MessageBody), "FilterPolicy: Filter policy is too complex");
    let many = format!("{{\"$or\":[{}]}}", vec!["{\"a\":[1]}"; 20_000].join(","));
    assert_eq!(complaint(&many, Scope::MessageAttributes), "FilterPolicy: Filter policy is too complex");
}

#[test]
fn wildcards_cost_points() {
    let policy = |pattern: &str, count: usize| {
        format!("{{\"a\":[{}]}}", vec![format!("{{\"wildcard\":\"{pattern}\"}}"); count].join(","))
    };
    let parse = |text: &str| FilterPolicy::parse(text, Scope::MessageAttributes);
    assert!(parse(&policy("a*", 10)).is_ok(), "10 points times 10 patterns");
    assert!(parse(&policy("a*", 11)).is_err());
    assert!(parse(&policy("a*b*", 5)).is_ok(), "15 points times 5 patterns");
    assert!(parse(&policy("a*b*", 6)).is_err());
    assert!(parse(&policy("a*b*c*", 1)).is_ok());
    assert!(parse(&policy("a*b*c*d*", 1)).is_err());
}

#[test]
fn policy_has_at_most_256_kilobytes() {
    let policy = |bytes: usize| format!("{{\"a\":[\"{}\"]}}", "x".repeat(bytes - 10));
    assert!(FilterPolicy::parse(&policy(262_144), Scope::MessageAttributes).is_ok());
    assert!(FilterPolicy::parse(&policy(262_145), Scope::MessageAttributes).is_err());
}

#[test]
fn text_that_takes_a_policy_away_is_told_apart() {
    for text in ["", "{}", " { } "] {
        assert!(FilterPolicy::is_removal(text), "{text}");
    }
    for text in ["{\"a\":[1]}", "[]", "{"] {
        assert!(!FilterPolicy::is_removal(text), "{text}");
    }
}
