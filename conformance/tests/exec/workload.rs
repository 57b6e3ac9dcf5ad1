//! Workloads on the reference.

use redeliver_conformance::finding::Finding;

use crate::given::{failure, run};

fn workload(queue: &str, workload: &str) -> String {
    format!(
        "
      - call: sqs:CreateQueue
        with: {queue}
        save: {{ url: /QueueUrl }}
{workload}
"
    )
}

const FIFO: &str = r#"{ QueueName: "${unique}.fifo", Attributes: { FifoQueue: "true" } }"#;
const STANDARD: &str = r#"{ QueueName: "${unique}" }"#;

#[test]
fn a_workload_under_stress_holds() {
    let steps = workload(
        FIFO,
        r#"
      - workload:
          queue: "${url}"
          produce: { producers: 2, messages: 40, groups: 4, duplicates: 10 }
          consume: { consumers: 3, visibility: 5s, abandon: { every: 3 } }
        invariants: [at-least-once, group-order, exactly-once-in-window, no-invention]
        expects: [redelivery, concurrent-consumers, duplicate-send]
"#,
    );
    let [one, two] = [run(&steps), run(&steps)];
    assert_eq!(one.finding, Finding::Held);
    assert_eq!(one, two);
}

#[test]
fn dead_letters_are_accounted_for() {
    let steps = r#"
      - call: sqs:CreateQueue
        with: { QueueName: "${unique}-dead" }
        save: { dead: /QueueUrl }
      - call: sqs:CreateQueue
        with:
          QueueName: "${unique}"
          Attributes:
            RedrivePolicy: { $json: { deadLetterTargetArn: "arn:${partition}:sqs:${region}:${account}:${unique}-dead", maxReceiveCount: 3 } }
        save: { url: /QueueUrl }
      - workload:
          queue: "${url}"
          produce: { messages: 20 }
          consume: { consumers: 2, visibility: 2s, abandon: { body: "[05]$" } }
          dead-letter: "${dead}"
        invariants: [at-least-once, dead-letter-after-n]
        expects: [redelivery, dead-letter]
"#;
    let run = run(steps);
    assert_eq!(run.finding, Finding::Held);
    assert!(run.elapsed.as_secs() < 60, "it ran into its limit: {:?}", run.elapsed);
}

#[test]
fn stress_that_never_happens_makes_it_vacuous() {
    let run = run(&workload(
        STANDARD,
        r#"
      - workload:
          queue: "${url}"
          produce: { messages: 5 }
          consume: { consumers: 1, abandon: { every: 100 } }
        invariants: [at-least-once]
        expects: [redelivery]
"#,
    ));
    assert_eq!(run.finding, Finding::Vacuous { missing: vec!["redelivery"] });
}

#[test]
fn a_broken_invariant_shows_its_witness() {
    // The messages are delayed for longer than the workload may last: none is received.
    let run = run(&workload(
        r#"{ QueueName: "${unique}", Attributes: { DelaySeconds: "900" } }"#,
        r#"
      - workload:
          queue: "${url}"
          produce: { messages: 3 }
          within: 1m
        invariants: [no-invention, at-least-once]
"#,
    ));
    let failure = failure(&run);
    assert_eq!(failure.pointer, "/cases/0/steps/1/invariants/1");
    assert_eq!(failure.title, "`at-least-once` is broken: every message sent was received");
    assert_eq!(failure.witness.len(), 3, "{:?}", failure.witness);
}
