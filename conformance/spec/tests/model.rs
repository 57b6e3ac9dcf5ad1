//! What a file that loads becomes.

use std::time::Duration;

use redeliver_model::{Fault, Service};
use redeliver_spec::{ErrorPattern, Evidence, Expect, Feature, Guarantee, Level, Place, StepKind, load};
use serde_json::json;

const TEXT: &str = r#"spec: "1.0"
about: Everything that the model holds.
guarantee: visibility-timeout
requires: [sqs.standard]
level: should
cases:
  - name: waits-add-up
    requires: [sqs.tags, sqs.standard]
    level: must
    evidence: { recorded: 2025-08-19, test: test_wait }
    steps:
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
      - repeat:
          times: 3
          steps:
            - wait: 10s
            - parallel:
                - - wait: 1s
                  - wait: 2s
                - - call: sqs:ReceiveMessage
                    with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
                    eventually: 500ms
      - drain: "${url}"
        eventually: 1m
        ok: { Messages: [ { Body: a } ] }
      - workload:
          queue: "${url}"
          produce: { messages: 1 }
        invariants: [at-least-once]
  - name: an-error
    evidence: { model: botocore 1.44.5 }
    steps:
      - call: sqs:ListQueues
        error: { code: Throttled, status: 403, fault: client, or: [ { code: Other } ] }
"#;

#[test]
fn a_case_takes_from_its_file_what_it_does_not_say() {
    let suite = load([("sqs/a/b.yaml", TEXT)]).unwrap();
    let cases: Vec<_> =
        suite.cases().map(|case| (case.id.as_str(), case.guarantee, case.level, case.requires.clone())).collect();
    let guarantee = Guarantee::VisibilityTimeout;
    assert_eq!(
        cases,
        [
            ("sqs/a/b::waits-add-up", guarantee, Level::Must, vec![Feature::SqsStandard, Feature::SqsTags]),
            ("sqs/a/b::an-error", guarantee, Level::Should, vec![Feature::SqsStandard]),
        ]
    );
    let evidence = suite.files[0].cases[0].evidence.clone();
    let recorded = Some("2025-08-19".to_owned());
    assert_eq!(evidence, Evidence { recorded, test: Some("test_wait".to_owned()), ..Evidence::default() });
}

#[test]
fn the_longest_wait_counts_turns_the_longest_branch_and_every_bound() {
    let suite = load([("sqs/a/b.yaml", TEXT)]).unwrap();
    let waits: Vec<_> = suite.cases().map(redeliver_spec::Case::longest_wait).collect();
    // Three turns of 10 s and the longer branch of 3 s, a minute of the drain, the 10 minutes that a workload has.
    assert_eq!(waits, [Duration::from_secs(3 * 13 + 60 + 600), Duration::ZERO]);
}

#[test]
fn an_error_keeps_every_part() {
    let suite = load([("sqs/a/b.yaml", TEXT)]).unwrap();
    let StepKind::Call(call) = &suite.files[0].cases[1].steps[0].kind else { panic!("not a call") };
    let pattern = |code: &str, status, fault| ErrorPattern {
        code: code.to_owned(),
        type_name: None,
        status,
        fault,
        message: None,
        or: Vec::new(),
    };
    let expected =
        ErrorPattern { or: vec![pattern("Other", None, None)], ..pattern("Throttled", Some(403), Some(Fault::Client)) };
    assert_eq!((call.service, call.operation.name), (Service::Sqs, "ListQueues"));
    assert_eq!((&call.with, &call.expect), (&json!({}), &Expect::Error(expected)));
}

#[test]
fn a_step_leads_to_every_key_of_its_pattern() {
    let suite = load([("sqs/a/b.yaml", TEXT)]).unwrap();
    let file = &suite.files[0];
    let step = &file.cases[0].steps[2];
    let shown = |place: Place| (place.line, place.column, &TEXT[place.offset..place.offset + place.length]);
    assert_eq!(shown(step.place), (25, 9, r#"drain: "${url}""#));
    let body = file.place(&format!("{}/ok/Messages/0/Body", step.pointer)).unwrap();
    assert_eq!(shown(body), (27, 29, "Body: a"));
    // Where a pointer leads past what is written, the nearest thing around it is shown.
    assert_eq!(file.place(&format!("{}/ok/Messages/0/Body/deeper", step.pointer)), Some(body));
}
