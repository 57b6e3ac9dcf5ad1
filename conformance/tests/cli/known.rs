//! Known deviations are claims that are checked both ways.

use crate::program::{Ended, Place, verdicts};

/// Runs on the reference with these entries of a `known` list.
fn run(place: &Place, known: &str, arguments: &str) -> Ended {
    let manifest = format!(
        "name: own\nabout: The reference with claims.\nin-process: true\nfeatures: [sqs.standard]\nknown: [{known}]\n"
    );
    place.write("own.yaml", &manifest);
    place.run(&format!("--target own.yaml --report json=out.json {arguments}"))
}

#[test]
fn known_deviation_does_not_fail_the_run_and_is_listed() {
    let place = Place::new();
    let ended = run(&place, "{ pattern: 'sqs/queue/names::url-is-short', reason: URLs are long }", "");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.stdout.contains("URLs are long\n    sqs/queue/names::url-is-short\n"), "{}", ended.stdout);
    assert_eq!(verdicts(&place.json("out.json"))[2], ("sqs/queue/names::url-is-short", "known-deviation"));
}

#[test]
fn known_deviation_that_passes_fails_the_run() {
    let place = Place::new();
    let ended = run(&place, "{ pattern: 'sqs/queue/**', reason: URLs are long }", "");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let report = place.json("out.json");
    let expected = [
        ("sqs/message/receive::message-is-received-after-an-hour", "passed"),
        ("sqs/queue/names::url-ends-with-the-name", "unexpected-pass"),
        ("sqs/queue/names::url-is-short", "known-deviation"),
    ];
    assert_eq!(verdicts(&report), expected);
}

#[test]
fn flaky_case_may_do_either() {
    let place = Place::new();
    let ended = run(&place, "{ pattern: 'sqs/queue/**', reason: URLs vary, flaky: true }", "");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(place.json("out.json")["totals"]["known-flaky"], 2);
}

#[test]
fn a_case_that_fails_at_each_try_says_how_often() {
    let place = Place::new();
    let ended = place.run("sqs/queue --retries 2 --report json=out.json");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stdout.contains("tries     so in each of 3\n"), "{}", ended.stdout);
    let detail = place.json("out.json")["cases"][1]["detail"].clone();
    let detail = detail.as_str().unwrap();
    assert!(detail.starts_with("so in each of 3 tries\n`sqs:CreateQueue` answered something else\n"), "{detail}");
}

#[test]
fn known_deviation_about_no_case_is_refused() {
    let ended = run(&Place::new(), "{ pattern: 'sqs/queue/gone::**', reason: r }", "");
    let text = "error: the known deviation `sqs/queue/gone::**` of `own` matches no case of the suite: ";
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.stderr.starts_with(text), "{}", ended.stderr);
}

#[test]
fn known_deviation_outside_the_selection_is_left_alone() {
    let ended = run(&Place::new(), "{ pattern: 'sqs/queue/**', reason: r }", "sqs/message");
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

#[test]
fn certifying_knows_no_deviation_and_allows_no_skip() {
    let place = Place::new();
    let known = "{ pattern: 'sqs/queue/names::url-is-short', reason: r }";
    assert_eq!(run(&place, known, "--certify").code, Some(1));
    let lacking = "name: own\nabout: Lacks much.\nin-process: true\nfeatures: [sqs.fifo]\n";
    place.write("own.yaml", lacking);
    let skipping = "--target own.yaml --report json=out.json sqs/message";
    assert_eq!(place.run(skipping).code, Some(0));
    assert_eq!(place.json("out.json")["cases"][0]["detail"], "the target lacks `sqs.standard`");
    assert_eq!(place.run(&format!("{skipping} --certify")).code, Some(1));
}
