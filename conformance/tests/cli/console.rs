//! What a person sees.

use crate::program::Place;

/// Output without the two figures of a run that are never the same.
fn stable(place: &Place, text: &str) -> String {
    let text = text.replace(&place.path("").display().to_string(), "");
    let mut words: Vec<_> = text.lines().map(str::to_owned).collect();
    if let Some(last) = words.last_mut()
        && let Some((start, _)) = last.rsplit_once(" in ")
    {
        *last = format!("{start} in TIME");
    }
    words.join("\n")
}

#[test]
fn failure_shows_expected_seen_place_reason_and_command() {
    let place = Place::new();
    let ended = place.run("sqs/queue --seed 7");
    insta::assert_snapshot!(stable(&place, &ended.stdout), @r#"
      × failed: sqs/queue/names::url-is-short
        ╭─[specs/sqs/queue/names.yaml:17:15]
     16 │         with: { QueueName: "${unique}" }
     17 │         ok: { QueueUrl: short }
        ·               ───────┬───────
        ·                      ╰── `sqs:CreateQueue` answered something else
        ╰────
      expected  "short" at /QueueUrl
      seen      "https://sqs.us-east-1.amazonaws.com/123456789012/redeliver-d3c8484de8506b5e"
      sent      sqs:CreateQueue {"QueueName":"redeliver-d3c8484de8506b5e"}
      answered  200 {"QueueUrl":"https://sqs.us-east-1.amazonaws.com/123456789012/redeliver-d3c8484de8506b5e"}
      why       https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
      again     redeliver run 'sqs/queue/names::url-is-short' --specs specs --seed 7

      queue-lifecycle  1 passed, 1 failed

    2 cases on reference (seed 7, calm): 1 passed, 1 failed in TIME
    "#);
}

#[test]
fn quiet_run_prints_ids_and_the_last_line() {
    let place = Place::new();
    let ended = place.run("-q");
    insta::assert_snapshot!(stable(&place, &ended.stdout), @"
             failed sqs/queue/names::url-is-short
    3 cases on reference (seed 0, calm): 2 passed, 1 failed in TIME
    ");
}

#[test]
fn colour_is_used_when_asked_for_alone() {
    let place = Place::new();
    let coloured = |arguments: &str| place.run(arguments).stdout.contains('\u{1b}');
    assert_eq!([coloured(""), coloured("--color never"), coloured("--color always")], [false, false, true]);
}

#[test]
fn report_on_standard_output_stands_there_alone() {
    let ended = Place::new().run("--report json=-");
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(report["version"], 1);
    assert!(ended.stderr.contains("3 cases on reference"), "{}", ended.stderr);
}
