//! Cases against servers that answer badly, or not.

use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::{CaseRun, Finding};
use redeliver_conformance::target::{Options, Target, TargetProblem, find};

use crate::fake::{Reply, start};
use crate::given::{calls, case, failure};

const CREATE: &str = r#"
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
"#;

fn open(url: &str) -> Target {
    Target::open(find(url).unwrap(), &Options::default()).unwrap()
}

/// Runs a case that creates a queue and then does this, against a server that answers like this.
fn run(steps: &str, reply: impl Fn(&str) -> Reply + Send + Sync + Clone + 'static) -> CaseRun {
    run_case(&open(&start(reply)), &case(&format!("{CREATE}{steps}")), &Cancel::new())
}

const RECEIVE: &str = "      - call: sqs:ReceiveMessage\n        with: { QueueUrl: \"${url}\", WaitTimeSeconds: 20 }\n";

/// A queue URL that leads to AWS: calls must go to the endpoint all the same.
fn created() -> Reply {
    Reply::ok(r#"{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/000000000000/q"}"#)
}

#[test]
fn calls_go_to_the_endpoint_whatever_host_a_queue_url_carries() {
    let run = run(RECEIVE, |operation| if operation == "createqueue" { created() } else { Reply::ok("{}") });
    assert_eq!(run.finding, Finding::Held);
    assert_eq!(calls(&run.history), ["0 CreateQueue ok", "0 ReceiveMessage ok", "0 DeleteQueue ok"]);
}

#[test]
fn an_address_is_asked_for_its_account() {
    let arn = r#"{"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q"}}"#;
    let answering = start(move |operation| match operation {
        "createqueue" => created(),
        "getqueueattributes" => Reply::ok(arn),
        _ => Reply::ok("{}"),
    });
    let silent = start(|_| Reply::ok("{}"));
    let accounts = [answering, silent].map(|url| open(&url).manifest().account.clone());
    assert_eq!(accounts, ["123456789012", "000000000000"]);
}

#[test]
fn a_reply_that_the_sdk_cannot_parse_is_a_failure() {
    let run = run(RECEIVE, |operation| match operation {
        "createqueue" => created(),
        "receivemessage" => Reply::ok(r#"{"Messages":{"Body":1}}"#),
        _ => Reply::ok("{}"),
    });
    let failure = failure(&run);
    assert_eq!(failure.title, "the SDK does not understand the reply of `sqs:ReceiveMessage`");
    assert_eq!(failure.pointer, "/cases/0/steps/1/call");
    assert!(failure.differences[0].seen.starts_with("the SDK cannot parse the reply: "), "{failure:?}");
}

#[test]
fn an_error_whose_code_the_sdk_sees_otherwise_is_a_failure() {
    let steps = "      - call: sqs:GetQueueAttributes\n        with: { QueueUrl: \"${url}\" }\n        error: { code: Shown }\n";
    let run = run(steps, |operation| match operation {
        "createqueue" => created(),
        // For the SDK the header counts before the body.
        "getqueueattributes" => Reply::Answer(400, "x-amzn-errortype: Other\r\n", r#"{"__type":"a#Shown"}"#.to_owned()),
        _ => Reply::ok("{}"),
    });
    let failure = failure(&run);
    assert_eq!(failure.differences[0].seen, "the SDK sees the error code `Other`, the reply says `Shown`");
}

#[test]
fn a_server_that_closes_the_connection_could_not_be_run_against_but_is_there() {
    let run = run(RECEIVE, |operation| match operation {
        "createqueue" => created(),
        "receivemessage" => Reply::Close,
        _ => Reply::ok("{}"),
    });
    let Finding::CouldNotRun { reason, unreachable } = &run.finding else { panic!("{run:?}") };
    assert!(reason.starts_with("`sqs:ReceiveMessage` got no reply: "), "{reason}");
    assert!(!unreachable, "{reason}");
    assert_eq!(calls(&run.history).last().map(String::as_str), Some("0 DeleteQueue ok"));
}

#[test]
fn a_receive_of_a_workload_is_tried_three_times_when_the_server_fails() {
    let workload = "      - workload:\n          queue: \"${url}\"\n          produce: { messages: 1 }\n          \
         consume: { wait: 0s }\n        invariants: [at-least-once]\n";
    let run = run(workload, |operation| match operation {
        "createqueue" => created(),
        "receivemessage" => Reply::Answer(500, "", "no".to_owned()),
        _ => Reply::ok("{}"),
    });
    assert_eq!(failure(&run).title, "`sqs:ReceiveMessage` failed without an error code");
    let receives: Vec<_> = calls(&run.history).into_iter().filter(|call| call.contains("ReceiveMessage")).collect();
    assert_eq!(receives, ["1 ReceiveMessage (status 500)"; 3]);
}

#[test]
fn a_cancelled_case_ends_at_once_and_cleans_up() {
    let cancel = Cancel::new();
    let canceller = cancel.clone();
    let url = start(move |operation| match operation {
        "createqueue" => created(),
        "receivemessage" => {
            canceller.cancel();
            Reply::Hang
        }
        _ => Reply::ok("{}"),
    });
    let run = run_case(&open(&url), &case(&format!("{CREATE}{RECEIVE}")), &cancel);
    assert_eq!(run.finding, Finding::CouldNotRun { reason: "cancelled".to_owned(), unreachable: false });
    assert_eq!(calls(&run.history), ["0 CreateQueue ok", "0 ReceiveMessage (given up)", "0 DeleteQueue ok"]);
}

#[test]
fn a_queue_whose_creation_was_never_answered_is_looked_for_and_deleted() {
    let url = start(move |operation| match operation {
        "createqueue" => Reply::Close,
        "getqueueurl" => created(),
        _ => Reply::ok("{}"),
    });
    let run = run_case(&open(&url), &case(&format!("{CREATE}{RECEIVE}")), &Cancel::new());
    let calls = calls(&run.history);
    assert!(calls[0].starts_with("0 CreateQueue ("), "{calls:?}");
    assert_eq!(calls[1..], ["0 GetQueueUrl ok", "0 DeleteQueue ok"]);
}

#[test]
fn an_address_where_nothing_answers_is_told_at_once() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let problem = Target::open(find(&format!("http://{free}")).unwrap(), &Options::default()).unwrap_err();
    let TargetProblem::Unreachable(text) = &problem else { panic!("{problem:?}") };
    assert!(text.starts_with(&format!("nothing answers at `http://{free}`: ")), "{text}");
}
