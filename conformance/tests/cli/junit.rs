//! The `JUnit` report against its schema, whatever the run gave.

use std::process::Command;

use crate::backend::nobody;
use crate::program::Place;

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/junit.xsd");

/// What `xmllint` finds wrong with a report.
fn mistakes(place: &Place, report: &str) -> Option<String> {
    let path = place.path(report);
    let checked = Command::new("xmllint").args(["--noout", "--nonet", "--schema", SCHEMA]).arg(path).output();
    let checked = checked.unwrap_or_else(|error| {
        panic!("cannot run `xmllint`: {error}; without it nobody knows whether reports are valid: install it (Debian: `libxml2-utils`)")
    });
    (!checked.status.success()).then(|| String::from_utf8_lossy(&checked.stderr).into_owned())
}

#[track_caller]
fn assert_valid(place: &Place, report: &str, has: &[&str]) {
    assert_eq!(mistakes(place, report), None, "{}", place.read(report));
    for part in has {
        assert!(place.read(report).contains(part), "no {part} in {}", place.read(report));
    }
}

/// A target that is known to deviate in one case, skips one and runs the others.
const OWN: &str = r#"name: own
about: The reference, about which something is said.
in-process: true
features: [sqs.standard]
avoid: [{ pattern: 'sqs/message/**', reason: "it \"hangs\" & <burns>" }]
known: [{ pattern: 'sqs/queue/names::url-is-short', reason: "URLs are long & <wide>" }]
"#;

#[test]
fn every_verdict_gives_a_valid_report() {
    let place = Place::new();
    place.write("own.yaml", OWN);
    assert_eq!(place.run("--report junit=failed.xml").code, Some(1));
    assert_valid(&place, "failed.xml", &["<failure message=", "type=\"failed\""]);
    assert_eq!(place.run("--target own.yaml --report junit=known.xml").code, Some(0));
    assert_valid(&place, "known.xml", &["type=\"known-deviation\"", "type=\"skipped\"", "&lt;burns&gt;"]);
    assert_eq!(place.run("--target own.yaml --certify --report junit=certify.xml").code, Some(1));
    assert_valid(&place, "certify.xml", &["<failure", "type=\"skipped\""]);
    assert_eq!(place.run(&format!("--target {} --report junit=error.xml", nobody())).code, Some(4));
    assert_valid(&place, "error.xml", &["<error message=", "type=\"could-not-run\""]);
    assert_eq!(place.run("sqs/nothing --report junit=none.xml").code, Some(2));
    assert_valid(&place, "none.xml", &["type=\"not-started\""]);
}

#[test]
fn bytes_that_xml_cannot_hold_do_not_spoil_the_report() {
    let place = Place::new();
    let odd = crate::program::NAMES.replace("QueueUrl: short", "QueueUrl: \"\\0\\e[31m\\u2028]]>\\uFFFE&#0;\"");
    place.write("specs/sqs/queue/names.yaml", &odd);
    assert_eq!(place.run("--report junit=out.xml").code, Some(1));
    assert_valid(&place, "out.xml", &["<failure", "]]&gt;"]);
}

#[test]
fn the_whole_suite_gives_a_valid_report() {
    let place = Place::new();
    assert_eq!(place.redeliver("run --seed 3 sqs/queues/** kinesis/streams/** --report junit=out.xml").code, Some(0));
    assert_valid(&place, "out.xml", &["<testsuite name=\"kinesis/streams/", "guarantee"]);
}

#[test]
fn the_schema_refuses_what_readers_do() {
    let place = Place::new();
    place.run("--report junit=out.xml");
    let report = place.read("out.xml");
    for (from, to) in [
        ("tests=\"3\" failures", "failures"),
        ("<failure message", "<failing message"),
        ("classname=\"sqs/queue/names\" time=\"0.000\"/>", "><properties/></testcase>"),
        ("name=\"url-is-short\"", "name=\"url-ends-with-the-name\""),
    ] {
        assert!(report.contains(from), "{from}: {report}");
        place.write("bad.xml", &report.replacen(from, to, 1));
        assert!(mistakes(&place, "bad.xml").is_some(), "{from} became {to}");
    }
}
