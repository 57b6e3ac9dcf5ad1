//! A hand-made failure: a producer's reply is lost, the SDK sends again, two workers charge one order twice.

use redeliver_check::{Phase, Record, What};
use serde_json::{Value, json};

use super::{Also, Counts, Injected, Ink, Legality, Told, annotation, regression, story, summary, timeline};

/// A history in the making.
#[derive(Debug, Default)]
pub(crate) struct Script {
    pub(crate) records: Vec<Record>,
}

impl Script {
    fn add(&mut self, at_ms: u64, process: u32, what: What) -> &mut Self {
        self.records.push(Record { at_ms, process, what });
        self
    }

    fn call(&mut self, at_ms: u64, process: u32, call: &str, input: Value) -> &mut Self {
        self.add(at_ms, process, What::Invoke { call: call.into(), input })
    }

    fn ok(&mut self, at_ms: u64, process: u32, call: &str, output: Value) -> &mut Self {
        self.add(at_ms, process, What::Ok { call: call.into(), output })
    }

    fn event(&mut self, at_ms: u64, name: &str, detail: Value) -> &mut Self {
        let (service, resource) = ("sqs".into(), "arn:aws:sqs:us-east-1:000000000000:orders".into());
        self.add(at_ms, 0, What::Event { service, resource, name: name.into(), detail })
    }

    fn send(&mut self, at_ms: u64, key: &str, id: &str) -> &mut Self {
        self.call(at_ms, 1, "sqs:SendMessage", json!({ "QueueUrl": "https://sqs/orders", "MessageBody": key })).event(
            at_ms + 5,
            "sent",
            json!({ "message": id, "group": null, "visible-at-ms": at_ms + 5 }),
        )
    }

    fn receive(&mut self, at_ms: u64, process: u32, key: &str, id: &str, count: u64) -> &mut Self {
        let handle = format!("{id}-{count}");
        let messages = json!({ "Messages": [{ "MessageId": id, "ReceiptHandle": handle, "Body": key }] });
        self.call(at_ms, process, "sqs:ReceiveMessage", json!({ "QueueUrl": "https://sqs/orders" }))
            .event(at_ms + 5, "received", json!({ "message": id, "count": count, "hidden-until-ms": at_ms + 30_005 }))
            .ok(at_ms + 10, process, "sqs:ReceiveMessage", messages)
    }

    fn effect(&mut self, at_ms: u64, process: u32, key: &str) -> &mut Self {
        self.add(at_ms, process, What::Effect { key: key.into(), value: json!(100), message: None })
    }

    fn delete(&mut self, at_ms: u64, process: u32, id: &str, count: u64) -> &mut Self {
        let handle = format!("{id}-{count}");
        self.call(
            at_ms,
            process,
            "sqs:DeleteMessage",
            json!({ "QueueUrl": "https://sqs/orders", "ReceiptHandle": handle }),
        )
        .event(at_ms + 5, "deleted", json!({ "message": id }))
        .ok(at_ms + 10, process, "sqs:DeleteMessage", json!({}))
    }
}

const CITED: &str = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html";

/// The failure of the mock-up, with an order beside it that has nothing to do with it.
pub(crate) fn charged_twice() -> Told {
    let mut script = Script::default();
    script.send(10, "order-2", "aaaa").ok(20, 1, "sqs:SendMessage", json!({ "MessageId": "aaaa" }));
    script.send(30, "order-3", "bbbb").add(
        40,
        1,
        What::Fault {
            rule: "lost-reply".into(),
            id: "S24".into(),
            phase: Phase::AfterEffect,
            call: Some("sqs:SendMessage".into()),
            key: Some("order-3".into()),
            detail: Value::Null,
        },
    );
    script.add(40, 1, What::Info { call: "sqs:SendMessage".into(), reason: "connection reset".into() });
    script.send(251, "order-3", "cccc").ok(261, 1, "sqs:SendMessage", json!({ "MessageId": "cccc" }));
    script.receive(262, 2, "order-2", "aaaa", 1).effect(275, 2, "order-2").delete(280, 2, "aaaa", 1);
    script.receive(300, 2, "order-3", "bbbb", 1).effect(315, 2, "order-3").delete(320, 2, "bbbb", 1);
    script.receive(2_290, 3, "order-3", "cccc", 1).effect(2_305, 3, "order-3").delete(2_310, 3, "cccc", 1);
    Told {
        test: "charges_once".into(),
        property: "effect-once".into(),
        headline: "order-3 was charged 2 times (allowed 1)".into(),
        keys: vec!["order-3".into()],
        faults: vec![Injected {
            rule: "lost-reply".into(),
            id: "S24".into(),
            place: "sqs:SendMessage to orders, key order-3, 1st call".into(),
            phase: "after-effect".into(),
            legality: Legality { guarantee: "standard queue".into(), documentation: CITED.into() },
        }],
        history: script.records,
        counts: Counts { injected: 21, shrink_runs: 12, runs: 300, shrink_ms: None },
        also: vec![Also { what: "replica-duplicate (S1)".into(), failed: 117, of: 200, unit: "seeds".into() }],
        coverage: vec!["82 of 82 sends".into(), "61 of 61 receives".into(), "40 of 40 deletes".into()],
        replay: "REDELIVER_REPLAY=redeliver-regressions/charges_once.json cargo test charges_once".into(),
        files: vec!["target/redeliver/charges_once/report.html".into()],
        ..Told::default()
    }
}

/// A lease that runs out, a crash, and a delete before the effect: the order is lost.
pub(crate) fn lost_in_a_crash() -> Told {
    let mut script = Script::default();
    script.send(10, "order-1", "aaaa").ok(20, 1, "sqs:SendMessage", json!({ "MessageId": "aaaa" }));
    script.receive(100, 2, "order-1", "aaaa", 1);
    script.add(110, 2, What::Crash { reason: "killed before poll 7".into() }).add(120, 2, What::Restart);
    script.receive(31_000, 2, "order-1", "aaaa", 2).delete(31_020, 2, "aaaa", 2);
    script.add(31_040, 2, What::Crash { reason: "killed before poll 21".into() }).add(31_050, 2, What::Restart);
    Told {
        test: "orders::arrives".into(),
        property: "effect-lost".into(),
        headline: "order-1 has no effect (allowed 1)".into(),
        keys: vec!["order-1".into()],
        faults: vec![Injected {
            rule: "crash".into(),
            place: "worker-0, poll 21".into(),
            phase: "consumer".into(),
            legality: Legality { guarantee: "any process may be killed".into(), documentation: CITED.into() },
            ..Injected::default()
        }],
        history: script.records,
        counts: Counts { injected: 1, shrink_runs: 1, runs: 9, shrink_ms: Some(340) },
        replay: "cargo test orders::arrives".into(),
        ..Told::default()
    }
}

#[test]
fn story_of_a_lost_reply_names_the_key_and_the_first_wrong_event() {
    insta::assert_snapshot!(story(&charged_twice(), Ink::Plain));
}

#[test]
fn story_of_a_loss_ends_with_what_never_happened() {
    insta::assert_snapshot!(story(&lost_in_a_crash(), Ink::Plain));
}

#[test]
fn timeline_tells_all_of_a_history() {
    let told = charged_twice();
    insta::assert_snapshot!(timeline(&told.history, &told.names, 100, false, Ink::Plain));
}

#[test]
fn one_line_says_what_broke_and_under_what() {
    insta::assert_snapshot!(summary(&charged_twice()));
}

#[test]
fn annotation_escapes_what_github_would_read() {
    let mut told = charged_twice();
    told.test = "a::b, c%".into();
    insta::assert_snapshot!(annotation(&told, "tests/a,b.rs", 7));
}

#[test]
fn regression_is_a_test_to_paste() {
    insta::assert_snapshot!(regression(&charged_twice(), "redeliver-regressions/charges_once.json"));
}
