//! What policies match: recordings of AWS, and the examples of its documentation in our words.

use redeliver_core::sns::filter_policy::{FilterPolicy, Filterable, Scope};

type Attribute<'a> = (&'a str, &'a str, Option<&'a str>);

fn text<'a>(name: &'a str, text: &'a str) -> Attribute<'a> {
    (name, "String", Some(text))
}

fn number<'a>(name: &'a str, text: &'a str) -> Attribute<'a> {
    (name, "Number", Some(text))
}

fn list<'a>(name: &'a str, text: &'a str) -> Attribute<'a> {
    (name, "String.Array", Some(text))
}

fn binary(name: &str) -> Attribute<'_> {
    (name, "Binary", None)
}

fn attributes(policy: &str, attributes: &[Attribute<'_>]) -> bool {
    let message = Filterable::new(attributes.iter().copied(), "");
    FilterPolicy::parse(policy, Scope::MessageAttributes).unwrap().matches(&message)
}

fn body(policy: &str, body: &str) -> bool {
    FilterPolicy::parse(policy, Scope::MessageBody).unwrap().matches(&Filterable::new([], body))
}

#[track_caller]
fn expect(policy: &str, yes: &[&[Attribute<'_>]], no: &[&[Attribute<'_>]]) {
    for found in yes {
        assert!(attributes(policy, found), "{policy} does not match {found:?}");
    }
    for found in no {
        assert!(!attributes(policy, found), "{policy} matches {found:?}");
    }
}

#[track_caller]
fn expect_body(policy: &str, yes: &[&str], no: &[&str]) {
    for found in yes {
        assert!(body(policy, found), "{policy} does not match {found}");
    }
    for found in no {
        assert!(!body(policy, found), "{policy} matches {found}");
    }
}

#[test]
fn exact_values_are_compared_with_their_type() {
    expect(
        r#"{"k":["a","b"]}"#,
        &[&[text("k", "a")], &[text("k", "b"), text("x", "a")]],
        &[&[text("k", "c")], &[text("x", "a")], &[], &[text("k", "A")]],
    );
    expect(
        r#"{"k":[100]}"#,
        &[&[number("k", "100")], &[number("k", "1.0e2")], &[list("k", "[100]")]],
        &[&[text("k", "100")], &[number("k", "100.1")]],
    );
    expect(r#"{"k":["100"]}"#, &[&[text("k", "100")]], &[&[number("k", "100")], &[binary("k")]]);
    expect(
        r#"{"k":[true,null]}"#,
        &[&[list("k", "[true]")], &[list("k", "[1,null]")]],
        &[&[text("k", "true")], &[list("k", "[false]")]],
    );
    expect_body(
        r#"{"k":[true,null,1,"x"]}"#,
        &[r#"{"k":true}"#, r#"{"k":null}"#, r#"{"k":1.0}"#, r#"{"k":"x"}"#],
        &[r#"{"k":"true"}"#, r#"{"k":"1"}"#, r#"{"k":false}"#, "{}"],
    );
}

#[test]
fn operators_on_texts() {
    expect(
        r#"{"k":[{"prefix":"ab"}]}"#,
        &[&[text("k", "abc")], &[text("k", "ab")]],
        &[&[text("k", "a")], &[number("k", "1")]],
    );
    expect(r#"{"k":[{"suffix":"bc"}]}"#, &[&[text("k", "abc")]], &[&[text("k", "abcd")]]);
    expect(
        r#"{"k":[{"equals-ignore-case":"TeNnÉ"}]}"#,
        &[&[text("k", "tenné")], &[text("k", "TENNÉ")]],
        &[&[text("k", "tenne")]],
    );
    expect(
        r#"{"k":[{"wildcard":"*ball*"}]}"#,
        &[&[text("k", "football")], &[text("k", "balls")]],
        &[&[text("k", "bal")]],
    );
    expect(
        r#"{"k":[{"cidr":"10.0.0.0/24"}]}"#,
        &[&[text("k", "10.0.0.255")]],
        &[&[text("k", "10.1.1.0")], &[text("k", "x")]],
    );
}

#[test]
fn anything_but_needs_a_value() {
    let policy = r#"{"k":[{"anything-but":["rugby","tennis"]}]}"#;
    expect(
        policy,
        &[&[text("k", "x")], &[number("k", "1")]],
        &[&[text("k", "rugby")], &[], &[text("x", "x")], &[binary("k")]],
    );
    // One element that is not listed is enough: <https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html>.
    expect(policy, &[&[list("k", r#"["rugby","baseball"]"#)]], &[&[list("k", r#"["rugby"]"#)], &[list("k", "[]")]]);
    expect(r#"{"k":[{"anything-but":"a"}]}"#, &[&[text("k", "b")]], &[&[text("k", "a")]]);
    expect(
        r#"{"k":[{"anything-but":[100,500]}]}"#,
        &[&[number("k", "101")], &[number("k", "100.1")]],
        &[&[number("k", "100.0")]],
    );
    expect(r#"{"k":[{"anything-but":{"prefix":"order-"}}]}"#, &[&[text("k", "data")]], &[&[text("k", "order-1")]]);
    expect(
        r#"{"k":[{"anything-but":{"suffix":["a","b"]}}]}"#,
        &[&[text("k", "bac")]],
        &[&[text("k", "xa")], &[text("k", "xb")]],
    );
    expect(r#"{"k":[{"anything-but":{"wildcard":"*a*"}}]}"#, &[&[text("k", "b")]], &[&[text("k", "bab")]]);
    expect(r#"{"k":[{"anything-but":{"equals-ignore-case":"a"}}]}"#, &[&[text("k", "b")]], &[&[text("k", "A")]]);
    // Recorded 2024-05-14: neither null nor anything-but is there without the attribute.
    expect(r#"{"attr1":[null,{"anything-but":"whatever"}]}"#, &[], &[&[]]);
    expect(
        r#"{"k":[{"anything-but":"a"},{"exists":false}]}"#,
        &[&[text("x", "")], &[text("k", "b")]],
        &[&[text("k", "a")]],
    );
}

#[test]
fn ranges_of_numbers_have_open_and_closed_ends() {
    expect(
        r#"{"attr1":[{"numeric":[">",0,"<=",100]}]}"#,
        &[&[number("attr1", "99")], &[number("attr1", "99.12")], &[number("attr1", "100")]],
        &[&[number("attr1", "111")], &[number("attr1", "0")], &[text("attr1", "99")]],
    );
    expect(r#"{"k":[{"numeric":["=",301.5]}]}"#, &[&[number("k", "3.015e2")]], &[&[number("k", "301")]]);
    expect(r#"{"k":[{"numeric":[">=",1]}]}"#, &[&[number("k", "1")]], &[&[number("k", "0.99999")]]);
    expect(r#"{"k":[{"numeric":["<",-1]}]}"#, &[&[number("k", "-1.00001")]], &[&[number("k", "-1")]]);
}

#[test]
fn presence_of_a_key_is_asked_for() {
    expect(
        r#"{"store":[{"exists":true}]}"#,
        &[&[number("store", "99"), number("def", "99")]],
        &[&[number("attr1", "111")], &[]],
    );
    expect(
        r#"{"store":[{"exists":false}]}"#,
        &[&[number("def", "99")], &[binary("x")], &[binary("store")]],
        &[&[number("store", "99"), number("def", "99")], &[]],
    );
    expect_body(
        r#"{"k":[{"exists":true}]}"#,
        &[r#"{"k":1}"#, r#"{"k":[0]}"#],
        &[r#"{"k":null}"#, r#"{"k":""}"#, r#"{"k":{"x":1}}"#, r#"{"k":[]}"#],
    );
    expect_body(
        r#"{"k":[{"exists":false}]}"#,
        &["{}", r#"{"x":1}"#, r#"{"k":{"x":1}}"#, r#"{"k":[]}"#],
        &[r#"{"k":null}"#, r#"{"k":1}"#],
    );
}

#[test]
fn elements_of_a_list_are_compared_one_by_one() {
    expect(
        r#"{"store":["value1"]}"#,
        &[&[text("store", "value1")], &[list("store", r#"["value1", "value2"]"#)]],
        &[&[list("store", r#"["value2", "value3"]"#)]],
    );
}

#[test]
fn quotes_and_backslashes_are_escaped_twice_in_attributes() {
    expect(r#"{"k":["a\\\"b"]}"#, &[&[text("k", "a\"b")]], &[&[text("k", "a\\\"b")]]);
    expect(r#"{"k":["a\"b"]}"#, &[], &[&[text("k", "a\"b")]]);
    expect_body(r#"{"k":["a\"b"]}"#, &[r#"{"k":"a\"b"}"#], &[]);
}

#[test]
fn keys_are_anded_and_alternatives_ored() {
    expect(
        r#"{"a":["1"],"b":["2"]}"#,
        &[&[text("a", "1"), text("b", "2")]],
        &[&[text("a", "1")], &[text("a", "1"), text("b", "1")]],
    );
    let policy = r#"{"source":["cw"],"$or":[{"metric":["cpu","lat"]},{"kind":["m"],"space":["ec2"]},{"scope":["s"]}]}"#;
    let source = text("source", "cw");
    expect(
        policy,
        &[
            &[source, text("metric", "lat")],
            &[source, text("kind", "m"), text("space", "ec2")],
            &[source, text("scope", "s")],
        ],
        &[&[source], &[text("metric", "lat")], &[source, text("kind", "m")]],
    );
    expect(r#"{"$or":["a","b"]}"#, &[&[text("$or", "a")]], &[&[text("a", "a")]]);
    expect(
        r#"{"$or":[{"prefix":"a"},{"suffix":"b"}]}"#,
        &[&[text("$or", "ax")], &[text("$or", "xb")]],
        &[&[text("prefix", "a")]],
    );
}

/// Recorded 2024-12-03; the messages that did not come are those of the same tests.
#[test]
fn bodies_are_matched_as_recorded() {
    let nested = r#"{"object":{"key":[{"prefix":"auto-"},"hardcodedvalue"],"nested_key":[{"exists":false}]},"test":[{"exists":false}]}"#;
    let yes = [r#"{"object":{"key":"auto-test"}}"#, r#"{"object":{"key":"hardcodedvalue"}}"#];
    let no = [
        r#"{"object":{"key":"test-auto"}}"#,
        r#"{"object":{"key":"auto-test"},"test":"just-exists"}"#,
        r#"{"object":{"key":"auto-test","nested_key":"just-exists"}}"#,
        r#"{"object":{"test":"auto-test"}}"#,
        r#"{"test":"auto-test"}"#,
        "Regular string message",
        r#""Regular string message""#,
    ];
    expect_body(nested, &yes, &no);
    let one = r#"{"headers":{"route-to":["queue1"]}}"#;
    let yes = [r#"{"headers":{"route-to":["queue1"]}}"#, r#"{"headers":{"route-to":["queue1","queue2"]}}"#];
    expect_body(one, &yes, &[r#"{"headers":{"route-to":["queue3"]}}"#, r#"{"headers":{"route-to":["queue2"]}}"#]);
    let dotted = r#"{"object.nested.test":["string.value"]}"#;
    let yes = [
        r#"{"object":{"nested":{"test":"string.value"}}}"#,
        r#"{"object.nested.test":"string.value"}"#,
        r#"{"object.nested":{"test":"string.value"}}"#,
        r#"{"object":{"nested.test":"string.value"}}"#,
    ];
    expect_body(dotted, &yes, &[r#"{"object":{"nested":{"test":"string.notvalue"}}}"#]);
    let empty = r#"{"detail":{"eventVersion":[""]}}"#;
    expect_body(empty, &[r#"{"resources":[],"detail":{"eventVersion":"","responseElements":null}}"#], &[]);
}

#[test]
fn alternatives_of_bodies_are_matched_as_recorded() {
    let policy = r#"{"$or":[{"metricName":["CPUUtilization","ReadLatency"]},{"namespace":["AWS/EC2","AWS/ES"]}],
        "detail":{"scope":["Service"],"$or":[{"source":["aws.cloudwatch"]},{"type":["CloudWatch Alarm State Change"]}]}}"#;
    let yes = [
        r#"{"metricName":"CPUUtilization","detail":{"scope":"Service","source":"aws.cloudwatch"}}"#,
        r#"{"metricName":"ReadLatency","detail":{"scope":"Service","source":"aws.cloudwatch"}}"#,
        r#"{"namespace":"AWS/EC2","detail":{"scope":"Service","source":"aws.cloudwatch"}}"#,
        r#"{"namespace":"AWS/ES","detail":{"scope":"Service","source":"aws.cloudwatch"}}"#,
        r#"{"metricName":"CPUUtilization","detail":{"scope":"Service","type":"CloudWatch Alarm State Change"}}"#,
    ];
    let no = [
        r#"{"metricName":"CPUUtilization","detail":{"scope":"aws.cloudwatch","type":"CloudWatch Alarm State Change"}}"#,
        r#"{"metricName":"CPUUtilization","detail":{"scope":"Service","type":"CPUUtilization"}}"#,
        r#"{"metricName":"CPUUtilization","detail":{"type":"CloudWatch Alarm State Change"}}"#,
        r#"{"metricName":"CPUUtilization","detail":{"scope":"Service"}}"#,
        r#"{"metricName":"CPUUtilization","scope":"Service"}"#,
        r#"{"metricName":"AWS/EC2","detail":{"scope":"Service","type":"CloudWatch Alarm State Change"}}"#,
        r#"{"namespace":"CPUUtilization","detail":{"scope":"Service","type":"CloudWatch Alarm State Change"}}"#,
    ];
    expect_body(policy, &yes, &no);
}

#[test]
fn keys_through_a_list_are_found_in_one_element() {
    let policy =
        r#"{"Records":{"s3":{"object":{"key":[{"prefix":"auto-"}]}},"eventName":[{"prefix":"ObjectCreated:"}]}}"#;
    let record = |name: &str, key: &str| format!(r#"{{"eventName":"{name}","s3":{{"object":[[{{"key":"{key}"}}]]}}}}"#);
    let (created, removed) = ("ObjectCreated:Put", "ObjectRemoved:Delete");
    let records = |records: &[String]| format!(r#"{{"Records":[{}]}}"#, records.join(","));
    let both = records(&[record(created, "auto-1"), record(removed, "home-1")]);
    let crossed = records(&[record(created, "home-1"), record(removed, "auto-1")]);
    expect_body(
        policy,
        &[&both, &records(&[record(created, "auto-1")])],
        &[&crossed, &records(&[record(removed, "auto-1")])],
    );
    let absent = r#"{"l":{"a":[1],"b":[{"exists":false}]}}"#;
    expect_body(absent, &[r#"{"l":[{"a":1},{"b":2}]}"#], &[r#"{"l":[{"a":1,"b":2},{}]}"#]);
    expect_body(r#"{"l":{"b":[{"exists":false}]}}"#, &[r#"{"l":[{"a":1},{}]}"#], &[r#"{"l":[{"a":1},{"b":2}]}"#]);
}
