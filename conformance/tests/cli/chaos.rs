//! `redeliver chaos` with what it can't do: each mistake has its exit code and its remedy.

use crate::program::Place;

/// A plan with this rule.
fn plan(rule: &str) -> String {
    format!("plan: \"1.0\"\nabout: A plan with a mistake.\nrules:\n  - {{ {rule} }}\n")
}

#[test]
fn mistakes_in_a_plan_are_drawn_with_their_remedy_and_nothing_runs() {
    let place = Place::new();
    let mistakes = [
        ("rule: send-reply-losst, probability: 0.1", ["unknown rule `send-reply-losst`", "`send-reply-lost`"]),
        ("rule: send-reply-lost, when: { service: kinesis }", ["`send-reply-lost`", "kinesis"]),
        ("rule: send-reply-lost, probability: 1.2", ["`1.2`", "a number above 0 and up to 1"]),
    ];
    for (rule, told) in mistakes {
        place.write("plan.yaml", &plan(rule));
        let ended = place.redeliver("chaos --plan plan.yaml --seeds 1 -- never-started");
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{rule}: {}", ended.stderr);
        for told in told.into_iter().chain(["plan.yaml:4:"]) {
            assert!(ended.stderr.contains(told), "{rule}: `{told}` is missing in\n{}", ended.stderr);
        }
    }
}

#[test]
fn a_plan_that_is_not_there_and_a_scenario_without_sense_are_named() {
    let place = Place::new();
    place.write("scenario.yaml", "mesages: [a]\n");
    let cases = [
        ("chaos --plan none.yaml -- never-started", "none.yaml"),
        ("chaos --scenario scenario.yaml -- never-started", "`mesages`"),
        ("chaos --plan at_least_once", "COMMAND"),
    ];
    for (arguments, told) in cases {
        let ended = place.redeliver(arguments);
        assert_eq!((ended.code, ended.stderr.contains(told)), (Some(2), true), "{arguments}: {}", ended.stderr);
    }
}

#[test]
fn a_command_that_is_not_there_is_named() {
    let ended = Place::new().redeliver("chaos --plan at_least_once --seeds 1 -- ./no-such-consumer");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains("cannot start `./no-such-consumer`: "), "{}", ended.stderr);
}

#[test]
fn an_upstream_that_does_not_answer_is_named() {
    // The port was free a moment ago, and nobody listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap();
    let arguments = format!("chaos --plan at_least_once --seeds 1 --upstream http://{free} -- never-started");
    let ended = Place::new().redeliver(&arguments);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{}", ended.stderr);
    assert!(ended.stderr.contains(&free.to_string()), "{}", ended.stderr);
}

#[test]
fn a_schedule_of_another_run_is_no_success_and_one_that_is_none_is_refused() {
    let place = Place::new();
    // Nothing drains this queue, and it need not: no fault of the schedule finds its place.
    place.write("scenario.yaml", "queue: orders\nfaults_for: 0\ndrain_within: 1\n");
    let fault = r#"{"rule":"send-reply-lost","at":{"call":"sqs:SendMessage","resource":"payments","key":"x","nth":1}}"#;
    place.write("other.json", &format!(r#"{{"schedule":"1.0","seed":7,"faults":[{fault}]}}"#));
    let ended = place.redeliver("chaos --scenario scenario.yaml --replay other.json -- sleep 60");
    assert_eq!(ended.code, Some(1), "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stdout.starts_with("UNKNOWN: ") && ended.stdout.contains("send-reply-lost"), "{}", ended.stdout);
    place.write("none.json", r#"{"schedule":"9.0","seed":7,"faults":[]}"#);
    let ended = place.redeliver("chaos --replay none.json -- never-started");
    assert_eq!((ended.code, ended.stderr.contains("version `9.0`")), (Some(2), true), "{}", ended.stderr);
}
