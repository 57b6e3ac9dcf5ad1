//! `redeliver compare`: what it writes of reports and of targets that it runs, and what it says of bad input.

use crate::program::Place;

/// A report in the form of the first version, of a target of which less is known.
const OLDER: &str = r#"{ "version": 1, "target": "older", "seed": 0, "profile": null, "interrupted": true, "totals": {}, "cases": [
    { "id": "sqs/message/receive::message-is-received-after-an-hour", "guarantee": "at-least-once", "verdict": "skipped",
      "duration_ms": 0, "detail": "it must wait 1h on a real clock" },
    { "id": "sqs/queue/names::url-is-short", "guarantee": "queue-lifecycle", "verdict": "known-deviation",
      "duration_ms": 0, "detail": "known: its URLs | are long\n`sqs:CreateQueue` answered something else\n/QueueUrl: expected \"short\", seen \"long\"" } ] }"#;

/// A folder with the report of the reference, and an older one.
fn reports() -> Place {
    let place = Place::new();
    place.run("--seed 7 --report json=reference.json");
    place.write("older.json", OLDER);
    place
}

/// The text without what differs each time: today, and how long it took.
fn timeless(text: &str) -> String {
    let day = regex::Regex::new(r"20\d\d-\d\d-\d\d").unwrap();
    day.replace_all(text, "DAY").into_owned()
}

#[test]
fn markdown_counts_what_is_as_on_aws_and_never_a_skip() {
    let place = reports();
    let ended = place.redeliver("compare --quiet --specs specs reference.json older.json --report markdown=-");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(timeless(&ended.stdout));
}

#[test]
fn terminal_has_a_line_for_each_guarantee_and_target() {
    let place = reports();
    let ended = place.redeliver("compare --verbose --specs specs reference.json older.json");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(timeless(&ended.stdout));
}

#[test]
fn json_tells_each_case_that_not_all_passed_with_its_evidence() {
    let place = reports();
    let ended = place
        .redeliver("compare --specs specs reference.json older.json --report json=out.json --report html=out.html");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let found = place.json("out.json");
    let evidence = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html";
    let entry = serde_json::json!({
        "id": "sqs/queue/names::url-is-short",
        "guarantee": "queue-lifecycle",
        "evidence": [evidence],
        "results": {
            "reference": {
                "outcome": "failed",
                "verdict": "failed",
                "title": "`sqs:CreateQueue` answered something else",
                "call": "sqs:CreateQueue",
                "differences": [ {
                    "at": "/QueueUrl",
                    "expected": "\"short\"",
                    "seen": "\"https://sqs.us-east-1.amazonaws.com/123456789012/redeliver-d3c8484de8506b5e\"",
                } ],
            },
            "older": {
                "outcome": "known",
                "verdict": "known-deviation",
                "title": "`sqs:CreateQueue` answered something else\n/QueueUrl: expected \"short\", seen \"long\"",
                "known": "its URLs | are long",
            },
        },
    });
    assert_eq!(found["entries"][1], entry, "{found:#}");
    let counts = serde_json::json!({
        "passed": 0, "known": 1, "failed": 0, "skipped": 1, "could_not_run": 0, "not_selected": 1,
    });
    assert_eq!((&found["targets"][1]["counts"], &found["cases"]), (&counts, &3.into()));
    assert_eq!(found["targets"][1]["again"], "redeliver run '${id}' --target older");
    let page = place.read("out.html");
    assert!(page.contains("older, SQS queue-lifecycle: 0 of 2 passed, 1 deviate, 1 not run"), "{page}");
}

#[test]
fn targets_are_run_and_stand_before_reports() {
    let place = reports();
    let ended = place.redeliver(
        "compare --specs specs --target reference --target http://127.0.0.1:1 --only sqs/queue older.json --report json=out.json",
    );
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stderr.contains("reference: 1 passed, 1 failed\n"), "{ended:?}");
    assert!(ended.stderr.contains("nothing answers at `http://127.0.0.1:1`"), "{ended:?}");
    let found = place.json("out.json");
    let names: Vec<_> =
        found["targets"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["reference", "http://127.0.0.1:1", "older"]);
    assert_eq!(found["targets"][1]["counts"]["could_not_run"], 2);
    assert!(found["targets"][0]["run"]["elapsed_ms"].is_u64(), "{found:#}");
}

#[test]
fn bad_input_is_told_with_its_remedy() {
    let place = reports();
    place.write("empty.json", "");
    place.write("newer.json", r#"{ "version": 2, "target": "a" }"#);
    place.write("unknown.json", &OLDER.replace("known-deviation", "splendid"));
    let problem = |arguments: &str| {
        let ended = place.redeliver(&format!("compare --specs specs {arguments}"));
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        ended.stderr
    };
    assert_eq!(problem(""), "error: nothing to compare: name reports, or targets with `--target`\n");
    assert_eq!(problem("gone.json"), "error: `gone.json`: cannot be read: No such file or directory (os error 2)\n");
    let no_report =
        "is no report: EOF while parsing a value at line 1 column 0; `redeliver run --report json=FILE` writes one";
    assert_eq!(problem("older.json empty.json"), format!("error: `empty.json`: {no_report}\n"));
    let newer = "is a report of version 2, and this program reads version 1: run the target anew";
    assert_eq!(problem("newer.json"), format!("error: `newer.json`: {newer}\n"));
    let twice = "is there twice, from `older.json` and `older.json`: leave one out, or name a report by `NAME=FILE`";
    assert_eq!(problem("older.json older.json"), format!("error: the target `older` {twice}\n"));
    let twice = "is there twice, from `reference.json` and `--target reference`: leave one out, or name a report by `NAME=FILE`";
    assert_eq!(problem("reference.json --target reference"), format!("error: the target `reference` {twice}\n"));
    let verdict = "has the verdict `splendid` on `sqs/queue/names::url-is-short`, which this program does not know";
    let told = problem("unknown.json");
    assert!(told.starts_with(&format!("error: `older` {verdict}")), "{told}");
    assert!(problem("older.json --report html=").contains("name a file"));
    assert_eq!(place.redeliver("compare --specs specs a=older.json b=older.json").code, Some(0));
}
