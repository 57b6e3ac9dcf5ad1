//! What a case created is deleted, whatever became of the case.

use redeliver_check::What;
use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::{CaseRun, Finding};

use crate::given::{case, failure, reference, run};

const THREE: &str = r#"
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}-a" }
      - call: sqs:CreateQueue
        with: { QueueName: "orders" }
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}-b" }
"#;

/// Last part of the URLs that were deleted, in order.
fn deleted(run: &CaseRun) -> Vec<&str> {
    let urls = run.history.iter().filter_map(|record| match &record.what {
        What::Invoke { call, input } if call == "sqs:DeleteQueue" => input["QueueUrl"].as_str(),
        _ => None,
    });
    urls.map(|url| url.rsplit(['/', '-']).next().unwrap_or_default()).collect()
}

#[test]
fn after_success_and_failure_alike_the_newest_is_deleted_first_and_only_what_is_the_cases_own() {
    let held = run(THREE);
    assert_eq!((&held.finding, deleted(&held)), (&Finding::Held, vec!["b", "a"]));
    let broken = run(&format!("{THREE}      - call: sqs:GetQueueUrl\n        with: {{ QueueName: nowhere }}\n"));
    assert_eq!((failure(&broken).pointer.as_str(), deleted(&broken)), ("/cases/0/steps/3/call", vec!["b", "a"]));
}

#[test]
fn a_queue_that_a_raw_request_created_is_looked_up_and_deleted() {
    let run = run(r#"
      - raw: { body: { form: { Action: CreateQueue, QueueName: "${unique}-c" } } }
"#);
    assert_eq!((&run.finding, deleted(&run)), (&Finding::Held, vec!["c"]));
}

#[test]
fn a_cancelled_case_is_not_started() {
    let cancel = Cancel::new();
    cancel.cancel();
    let run = run_case(&reference(7), &case(THREE), &cancel);
    let reason = "cancelled".to_owned();
    assert_eq!((run.finding, run.history), (Finding::CouldNotRun { reason, unreachable: false }, Vec::new()));
}
