//! A hand-made failure: a producer's reply is lost, the SDK sends again, two workers charge one order twice.

mod streams;

use redeliver_check::{HandlerState, Phase, Record, What};
use serde_json::{Value, json};

use super::{
    Also, Counts, Injected, Ink, LINES_MAX, Legality, Timeline, Told, annotation, regression, story, summary, timeline,
};

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

impl Script {
    fn handler(&mut self, at_ms: u64, process: u32, state: HandlerState, id: &str) -> &mut Self {
        let (handle, key, reason) = (None, None, (state == HandlerState::Error).then(|| "no funds".to_owned()));
        self.add(at_ms, process, What::Handler { state, message: id.into(), handle, key, reason })
    }

    /// Deletes in a batch: one entry works, the other does not.
    fn delete_batch(&mut self, at_ms: u64, process: u32, done: &str, failed: &str) -> &mut Self {
        let entries = json!([{ "Id": "0", "ReceiptHandle": done }, { "Id": "1", "ReceiptHandle": failed }]);
        let output = json!({
            "Successful": [{ "Id": "0" }],
            "Failed": [{ "Id": "1", "Code": "InternalError", "SenderFault": false }],
        });
        self.call(
            at_ms,
            process,
            "sqs:DeleteMessageBatch",
            json!({ "QueueUrl": "https://sqs/orders", "Entries": entries }),
        )
        .ok(at_ms + 10, process, "sqs:DeleteMessageBatch", output)
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
    script.add(
        31_040,
        2,
        What::Fault {
            rule: "crash".into(),
            id: "K17".into(),
            phase: Phase::Consumer,
            call: None,
            key: None,
            detail: Value::Null,
        },
    );
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

/// A handler that is slower than its lease, an entry of a batch that is not deleted, a receive that nobody learns of, a replayed copy.
pub(crate) fn two_at_once() -> Told {
    let mut script = Script::default();
    script.send(10, "order-1", "aaaa").ok(20, 1, "sqs:SendMessage", json!({ "MessageId": "aaaa" }));
    script.send(30, "order-2", "bbbb").ok(40, 1, "sqs:SendMessage", json!({ "MessageId": "bbbb" }));
    script.receive(100, 2, "order-1", "aaaa", 1).handler(120, 2, HandlerState::Start, "aaaa");
    script.receive(30_200, 3, "order-1", "aaaa", 2).handler(30_220, 3, HandlerState::Start, "aaaa");
    script.handler(30_230, 3, HandlerState::Error, "aaaa").handler(31_000, 2, HandlerState::End, "aaaa");
    script.receive(31_010, 3, "order-2", "bbbb", 1).delete_batch(31_030, 3, "bbbb-1", "aaaa-2");
    script.call(60_300, 1003, "sqs:ReceiveMessage", json!({ "QueueUrl": "https://sqs/orders" }));
    script.event(60_305, "received", json!({ "message": "aaaa", "count": 3, "hidden-until-ms": 90_305 }));
    script.add(60_310, 1003, What::Info { call: "sqs:ReceiveMessage".into(), reason: "connection reset".into() });
    let copy = json!({ "Messages": [{ "MessageId": "aaaa", "ReceiptHandle": "chaos:1", "Body": "order-1" }] });
    script.call(61_000, 2, "sqs:ReceiveMessage", json!({ "QueueUrl": "https://sqs/orders" }));
    script.ok(61_010, 2, "sqs:ReceiveMessage", copy);
    Told {
        test: "orders".into(),
        property: "no-overlap".into(),
        headline: "order-1 has two handlers at once".into(),
        keys: vec!["order-1".into()],
        history: script.records,
        names: [(1, "shop".to_owned()), (2, "worker-1".to_owned()), (3, "worker-2".to_owned())].into(),
        ..Told::default()
    }
}

/// A group whose second message overtakes the first, which ends in the dead-letter queue.
fn overtaken() -> Told {
    let mut script = Script::default();
    for (at_ms, key, id) in [(10, "v1", "aaaa"), (30, "v2", "bbbb"), (50, "other", "cccc")] {
        let group = if key == "other" { "g2" } else { "g1" };
        let input = json!({ "QueueUrl": "https://sqs/orders", "MessageBody": key, "MessageGroupId": group });
        script.call(at_ms, 1, "sqs:SendMessage", input);
        script.event(at_ms + 5, "sent", json!({ "message": id, "group": group, "visible-at-ms": at_ms + 5 }));
        script.ok(at_ms + 10, 1, "sqs:SendMessage", json!({ "MessageId": id }));
    }
    script.receive(100, 2, "v2", "bbbb", 1).effect(120, 2, "v2").delete(130, 2, "bbbb", 1);
    script.receive(200, 2, "v1", "aaaa", 1).effect(220, 2, "v1").effect(221, 2, "other");
    script.event(40_000, "dead-lettered", json!({ "message": "aaaa", "to": "arn:aws:sqs:us-east-1:0:orders-dlq" }));
    let dead = json!({ "Messages": [{ "MessageId": "aaaa", "ReceiptHandle": "dead-1", "Body": "v1" }] });
    script.call(41_000, 0, "sqs:ReceiveMessage", json!({ "QueueUrl": "https://sqs/orders-dlq" }));
    script.ok(41_010, 0, "sqs:ReceiveMessage", dead);
    Told {
        property: "effect-order".into(),
        headline: "v2 before v1".into(),
        keys: vec!["v1".into()],
        history: script.records,
        ..Told::default()
    }
}

/// A reply that comes when another worker has had the message.
fn late() -> Told {
    let mut script = Script::default();
    script.send(10, "order-1", "aaaa").ok(20, 1, "sqs:SendMessage", json!({ "MessageId": "aaaa" }));
    script.call(60, 2, "sqs:ReceiveMessage", json!({ "QueueUrl": "https://sqs/orders" }));
    script.event(65, "received", json!({ "message": "aaaa", "count": 1, "hidden-until-ms": 30_065 }));
    script.receive(30_060, 3, "order-1", "aaaa", 2).effect(30_080, 3, "order-1").delete(30_090, 3, "aaaa", 2);
    let first = json!({ "Messages": [{ "MessageId": "aaaa", "ReceiptHandle": "aaaa-1", "Body": "order-1" }] });
    let (detail, phase) = (json!({ "queue": "orders", "by": "35s" }), Phase::AfterEffect);
    let (rule, id, call) = ("slow-reply".to_owned(), "X3".to_owned(), None);
    script.add(35_060, 2, What::Fault { rule, id, phase, call, key: None, detail });
    script.ok(35_070, 2, "sqs:ReceiveMessage", first).effect(35_080, 2, "order-1");
    Told {
        property: "effect-once".into(),
        headline: "order-1 twice".into(),
        keys: vec!["order-1".into()],
        history: script.records,
        ..Told::default()
    }
}

#[test]
fn late_reply_brings_the_lease_that_began_first() {
    insta::assert_snapshot!(story(&late(), Ink::Plain));
}

/// A second copy that is recognised but not deleted; the checker names no key, the sender ends and is started over and over.
fn kept() -> Told {
    let mut told = charged_twice();
    let Script { records } = Script { records: told.history };
    let gone = |record: &Record| record.at_ms >= 2_300;
    let mut script = Script { records: records.into_iter().filter(|record| !gone(record)).collect() };
    let messages = json!({ "Messages": [{ "MessageId": "cccc", "ReceiptHandle": "cccc-1", "Body": "order-3" }] });
    script.ok(2_300, 3, "sqs:ReceiveMessage", messages);
    for second in 3..9 {
        script.add(second * 1_000, 1, What::Restart);
    }
    told.history = script.records;
    told.property = "drained".into();
    told.headline = "1 messages are still in the queue 3600 s after the last fault".into();
    told.keys = Vec::new();
    told
}

#[test]
fn story_without_a_key_is_about_what_was_never_done() {
    insta::assert_snapshot!(story(&kept(), Ink::Plain));
}

#[test]
fn story_of_disorder_tells_of_the_whole_group() {
    insta::assert_snapshot!(story(&overtaken(), Ink::Plain));
}

#[test]
fn story_of_an_overlap_marks_the_second_handler() {
    insta::assert_snapshot!(story(&two_at_once(), Ink::Plain));
}

#[test]
fn story_has_at_most_forty_lines_and_keeps_the_first_wrong_event() {
    let mut told = charged_twice();
    let crash =
        |nth: u64| Record { at_ms: 400 + nth, process: 2, what: What::Crash { reason: format!("crash {nth}") } };
    let at = told.history.len() - 7;
    told.history.splice(at..at, (0..500).map(crash));
    told.witness = vec!["w".repeat(500); 50];
    told.also = vec![told.also[0].clone(); 50];
    told.files = vec!["f".into(); 50];
    told.faults = vec![told.faults[0].clone(); 50];
    let text = story(&told, Ink::Plain);
    assert_eq!(text.lines().count(), LINES_MAX, "{text}");
    assert_eq!(text.matches("<- violates effect-once").count(), 1, "{text}");
    assert!(text.contains("more: see the page") && text.contains("send order-3 -> stored as m2"), "{text}");
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let (plain, colour) = (story(&charged_twice(), Ink::Plain), story(&charged_twice(), Ink::Colour));
    let mut stripped = String::new();
    for (nth, part) in colour.split('\u{1b}').enumerate() {
        stripped.push_str(if nth == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
    assert_ne!(colour, plain);
}

#[test]
fn timeline_says_how_much_it_leaves_out() {
    let told = charged_twice();
    let text = timeline(&told.history, &Timeline { lines_max: 2, all: true, ..Timeline::default() });
    assert_eq!(text.lines().count(), 3);
    assert!(text.ends_with("(4 more lines)\n"), "{text}");
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
    insta::assert_snapshot!(timeline(&told.history, &Timeline { lines_max: 100, ..Timeline::default() }));
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
