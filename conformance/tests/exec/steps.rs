//! Each kind of step on the reference.

use std::time::Duration;

use redeliver_conformance::exec::{Cancel, run_case};
use redeliver_conformance::finding::{Difference, Finding};

use crate::given::{calls, case, failure, reference, run};

const CREATE: &str = r#"
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        save: { url: /QueueUrl }
"#;

fn with_queue(steps: &str) -> String {
    format!("{}{steps}", CREATE.trim_start_matches('\n'))
}

fn difference(at: &str, expected: &str, seen: &str) -> Difference {
    Difference { at: at.to_owned(), expected: expected.to_owned(), seen: seen.to_owned() }
}

#[test]
fn a_case_that_holds_takes_virtual_time_and_the_same_seed_gives_the_same_history() {
    let case = case(&with_queue(
        r#"
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: hello }
      - call: sqs:ReceiveMessage
        with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
        ok: { Messages: [ { Body: hello } ] }
      - wait: 12d
      - call: sqs:ReceiveMessage
        with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
        ok: { Messages: { $absent: true } }
"#,
    ));
    let runs = [7, 7, 8].map(|seed| run_case(&reference(seed), &case, &Cancel::new()));
    assert_eq!(runs[0].finding, Finding::Held);
    assert_eq!(runs[0].elapsed, Duration::from_secs(12 * 86_400 + 20));
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0].history, runs[2].history);
    assert_eq!(
        calls(&runs[0].history),
        ["0 CreateQueue ok", "0 SendMessage ok", "0 ReceiveMessage ok", "0 ReceiveMessage ok", "0 DeleteQueue ok"]
    );
}

#[test]
fn a_wrong_answer_is_a_failure_at_the_key_of_the_pattern_with_every_difference() {
    let run = run(&with_queue(
        r#"
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: hello }
        ok: { MD5OfMessageBody: { $type: md5 }, MessageId: { $type: digits }, SequenceNumber: { $present: true } }
"#,
    ));
    let failure = failure(&run);
    assert_eq!(failure.title, "`sqs:SendMessage` answered something else");
    assert_eq!(failure.pointer, "/cases/0/steps/1/ok/MessageId");
    let exchange = failure.exchange.as_ref().unwrap();
    assert_eq!((exchange.call.as_str(), exchange.status), ("sqs:SendMessage", 200));
    let id = exchange.output["MessageId"].to_string();
    assert_eq!(
        failure.differences,
        [
            difference("/MessageId", "digits: text of one or more digits 0 to 9", &id),
            difference("/SequenceNumber", "any value", "nothing"),
        ]
    );
}

#[test]
fn an_error_where_a_success_is_due_and_the_other_way_round_are_failures() {
    let refused = run(r"
      - call: sqs:GetQueueUrl
        with: { QueueName: nowhere }
        ok: { QueueUrl: { $type: url } }
");
    assert_eq!(failure(&refused).title, "`sqs:GetQueueUrl` failed with `AWS.SimpleQueueService.NonExistentQueue`");
    assert_eq!(failure(&refused).pointer, "/cases/0/steps/0/ok");
    let succeeded = run(r#"
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}" }
        error: { code: QueueAlreadyExists }
"#);
    assert_eq!(failure(&succeeded).title, "`sqs:CreateQueue` succeeded where it must fail");
    assert_eq!(failure(&succeeded).pointer, "/cases/0/steps/0/error");
    let otherwise = run(r"
      - call: sqs:GetQueueUrl
        with: { QueueName: nowhere }
        error: { code: AWS.SimpleQueueService.NonExistentQueue, status: 404 }
");
    assert_eq!(failure(&otherwise).pointer, "/cases/0/steps/0/error/status");
    assert_eq!(failure(&otherwise).differences, [difference("/status", "404", "400")]);
}

#[test]
fn a_step_that_may_take_time_is_tried_again_until_then_and_no_longer() {
    let delayed = |longest: &str| {
        run(&with_queue(&format!(
            r#"
      - call: sqs:SendMessage
        with: {{ QueueUrl: "${{url}}", MessageBody: hello, DelaySeconds: 5 }}
      - call: sqs:ReceiveMessage
        with: {{ QueueUrl: "${{url}}" }}
        ok: {{ Messages: [ {{ Body: hello }} ] }}
        eventually: {longest}
"#
        )))
    };
    let (early, late) = (delayed("4500ms"), delayed("5s"));
    assert_eq!(
        (failure(&early).pointer.as_str(), early.elapsed),
        ("/cases/0/steps/2/ok/Messages", Duration::from_millis(4500))
    );
    assert_eq!((late.finding, late.elapsed), (Finding::Held, Duration::from_secs(5)));
}

#[test]
fn branches_run_at_the_same_time_as_processes_of_their_own_and_hand_on_what_they_saved() {
    let run = run(&with_queue(
        r#"
      - parallel:
          - - call: sqs:ReceiveMessage
              with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
              save: { body: /Messages/0/Body }
          - - wait: 3s
            - call: sqs:SendMessage
              with: { QueueUrl: "${url}", MessageBody: hello }
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: "${body}" }
        ok: { MD5OfMessageBody: 5d41402abc4b2a76b9719d911017c592 }
"#,
    ));
    assert_eq!((&run.finding, run.elapsed), (&Finding::Held, Duration::from_secs(3)));
    let expected =
        ["0 CreateQueue ok", "2 SendMessage ok", "1 ReceiveMessage ok", "0 SendMessage ok", "0 DeleteQueue ok"];
    assert_eq!(calls(&run.history), expected);
}

#[test]
fn what_a_branch_saves_anew_is_not_undone_by_the_branches_beside_it() {
    let run = run(&with_queue(
        r#"
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: old }
        save: { digest: /MD5OfMessageBody }
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: old }
        ok: { MD5OfMessageBody: "${digest}" }
      - parallel:
          - - call: sqs:SendMessage
              with: { QueueUrl: "${url}", MessageBody: hello }
              save: { digest: /MD5OfMessageBody }
          - - wait: 3s
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: hello }
        ok: { MD5OfMessageBody: "${digest}" }
"#,
    ));
    assert_eq!(run.finding, Finding::Held);
}

#[test]
fn a_failing_branch_ends_the_case_and_the_others_are_given_up() {
    let run = run(&with_queue(
        r#"
      - parallel:
          - - call: sqs:ReceiveMessage
              with: { QueueUrl: "${url}", WaitTimeSeconds: 20 }
          - - wait: 3s
            - call: sqs:GetQueueUrl
              with: { QueueName: nowhere }
"#,
    ));
    assert_eq!(failure(&run).pointer, "/cases/0/steps/1/parallel/1/1/call");
    assert_eq!(run.elapsed, Duration::from_secs(3));
    let expected = [
        "0 CreateQueue ok",
        "2 GetQueueUrl AWS.SimpleQueueService.NonExistentQueue",
        "1 ReceiveMessage (given up)",
        "0 DeleteQueue ok",
    ];
    assert_eq!(calls(&run.history), expected);
}

#[test]
fn a_repeat_counts_and_a_drain_matches_all_messages_together() {
    let run = run(&with_queue(
        r#"
      - repeat:
          times: 12
          steps:
            - call: sqs:SendMessage
              with: { QueueUrl: "${url}", MessageBody: "n${index}" }
      - drain: "${url}"
        ok: { Messages: { $all-of: [ { $len: 12 }, { $includes: { Body: n0 } }, { $includes: { Body: n11 } } ] } }
        save: { first: /Messages/0/MessageId }
      - drain: "${url}"
        ok: { Messages: { $absent: true } }
      - drain: "${url}"
        ok: { Messages: [ { MessageId: "${first}" } ] }
"#,
    ));
    let failure = failure(&run);
    assert_eq!(
        (failure.title.as_str(), failure.pointer.as_str()),
        ("the queue held something else", "/cases/0/steps/4/ok/Messages")
    );
}

#[test]
fn a_drain_with_time_goes_on_after_an_empty_receive() {
    let run = run(&with_queue(
        r#"
      - call: sqs:SendMessage
        with: { QueueUrl: "${url}", MessageBody: hello, DelaySeconds: 30 }
      - drain: "${url}"
        ok: { Messages: [ { Body: hello } ] }
        eventually: 60s
"#,
    ));
    assert_eq!((run.finding, run.elapsed.as_secs()), (Finding::Held, 30));
}

#[test]
fn a_pointer_that_finds_nothing_is_a_failure() {
    let run = run(&with_queue(
        r#"
      - call: sqs:ReceiveMessage
        with: { QueueUrl: "${url}" }
        save: { handle: /Messages/0/ReceiptHandle }
      - call: sqs:DeleteMessage
        with: { QueueUrl: "${url}", ReceiptHandle: "${handle}" }
"#,
    ));
    let failure = failure(&run);
    assert_eq!(failure.pointer, "/cases/0/steps/1/save/handle");
    assert_eq!(failure.differences, [difference("/Messages/0/ReceiptHandle", "a value for `handle`", "nothing")]);
}

#[test]
fn a_saved_value_that_does_not_fit_is_a_failure_where_it_is_used() {
    let run = run(&with_queue(
        r#"
      - call: sqs:GetQueueAttributes
        with: { QueueUrl: "${url}", AttributeNames: [QueueArn] }
        save: { arn: /Attributes/QueueArn }
      - call: sqs:GetQueueAttributes
        with: { QueueUrl: "${url}", AttributeNames: [DelaySeconds] }
        ok: { Attributes: { DelaySeconds: { $greater-than: "${arn}" } } }
"#,
    ));
    let failure = failure(&run);
    assert_eq!(failure.title, "a value that an earlier step saved does not fit");
    assert_eq!(failure.pointer, "/cases/0/steps/2/ok/Attributes/DelaySeconds/$greater-than");
    assert_eq!(failure.differences.len(), 1);
}
