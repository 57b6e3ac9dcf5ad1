//! `redeliver check`.

use crate::program::Place;

/// A history in which one message has two effects.
const TWICE: &str = r#"{"redeliver_history":2,"target":"own","seed":7}
{"case":"own","record":{"at_ms":0,"process":1,"what":{"effect":{"key":"order-3","value":5}}}}
{"case":"own","record":{"at_ms":9,"process":2,"what":{"effect":{"key":"order-3","value":5}}}}
"#;

#[test]
fn a_broken_invariant_is_told_with_its_witness_and_fails() {
    let place = Place::new();
    place.write("h.jsonl", TWICE);
    let ended = place.redeliver("check h.jsonl");
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.starts_with("own: 2 records, 0 queues: 1 broken, "), "{}", ended.stdout);
    let broken = ended.stdout.lines().nth(1).unwrap();
    assert!(broken.starts_with("  broken  effect-once: "), "{broken}");
    assert!(ended.stdout.contains("order-3"), "{}", ended.stdout);
}

#[test]
fn one_invariant_that_cannot_be_told_is_no_success() {
    let place = Place::new();
    place.write("h.jsonl", TWICE);
    let codes = ["no-loss", "effect-once", "batch-accounting"]
        .map(|name| place.redeliver(&format!("check h.jsonl --invariant {name}")).code);
    assert_eq!(codes[1], Some(1));
    let told = place.redeliver("check -v h.jsonl --invariant no-loss");
    assert_eq!((codes[0], told.stdout.contains("unknown no-loss: needs ")), (Some(1), true), "{}", told.stdout);
}

#[test]
fn the_history_of_a_run_is_checked_case_by_case() {
    let place = Place::new();
    place.redeliver("run --specs specs sqs/message --history h.jsonl");
    let ended = place.redeliver("check h.jsonl");
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    assert!(ended.stdout.starts_with("sqs/message/receive::message-is-received-after-an-hour: "), "{}", ended.stdout);
}

#[test]
fn the_reference_keeps_what_a_backend_has_to_keep_in_all_that_specs_do_to_it() {
    // A part of the suite: the gate does this with all of it.
    let place = Place::new();
    for how in ["", "--profile lifelike --seed 1", "--profile lifelike --seed 2", "--profile lifelike --seed 3"] {
        let ran = place.redeliver(&format!("run sqs/receive-attempt/** {how} --history h.jsonl"));
        assert_eq!(ran.code, Some(0), "{how}: {}{}", ran.stdout, ran.stderr);
        let ended = place.redeliver("check h.jsonl --subject backend");
        assert_eq!(ended.code, Some(0), "{how}: {}", ended.stdout);
        let records = ended.stdout.lines().filter(|line| line.contains(" records, ")).count();
        assert!(records > 0 && ended.stdout.contains(" hold, "), "{how}: {}", ended.stdout);
    }
}

#[test]
fn the_reference_keeps_what_topics_promise_and_every_invariant_of_theirs_is_judged() {
    let place = Place::new();
    for how in ["", "--profile lifelike --seed 1"] {
        let ran = place.redeliver(&format!("run flows/fifo/** flows/http/** {how} --history h.jsonl"));
        assert_eq!(ran.code, Some(0), "{how}: {}{}", ran.stdout, ran.stderr);
        let ended = place.redeliver("check -v h.jsonl --subject backend");
        let broken: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("  broken")).collect();
        assert_eq!(broken, Vec::<&str>::new(), "{how}");
        for name in [
            "fan-out-complete",
            "filtered-never-delivered",
            "fifo-order-equal",
            "retry-schedule",
            "dead-letter-after-last-attempt",
        ] {
            assert!(ended.stdout.lines().any(|line| line == format!("  holds   {name}")), "{how}: {name}");
        }
    }
}

#[test]
fn the_reference_keeps_what_streams_promise_and_every_invariant_of_theirs_is_judged() {
    // A part of the suite: the gate does this with all of it.
    let place = Place::new();
    for how in ["", "--profile lifelike --seed 1"] {
        let cases = "kinesis/iterators/** kinesis/records/put-batch kinesis/resharding/split";
        let ran = place.redeliver(&format!("run {cases} {how} --history h.jsonl"));
        assert_eq!(ran.code, Some(0), "{how}: {}{}", ran.stdout, ran.stderr);
        let ended = place.redeliver("check -v h.jsonl --subject backend");
        let broken: Vec<_> = ended.stdout.lines().filter(|line| line.starts_with("  broken")).collect();
        assert_eq!(broken, Vec::<&str>::new(), "{how}: {}", ended.stdout);
        for name in [
            "poll-skip",
            "nonmonotonic-poll",
            "put-duplicate",
            "record-identity",
            "sequence-monotone",
            "batch-accounting",
            "no-invention",
            "at-least-once",
            "recovered",
        ] {
            assert!(ended.stdout.lines().any(|line| line == format!("  holds   {name}")), "{how}: {name}");
        }
    }
}

#[test]
fn whom_an_invariant_is_about_can_be_asked_for() {
    let place = Place::new();
    place.write("h.jsonl", TWICE);
    let codes = ["backend", "consumer"].map(|who| place.redeliver(&format!("check h.jsonl --subject {who}")).code);
    assert_eq!(codes, [Some(0), Some(1)], "an effect is the consumer's");
}

#[test]
fn a_cut_file_is_checked_up_to_the_cut_and_what_is_no_history_is_refused() {
    let place = Place::new();
    place.write("cut.jsonl", &TWICE[..TWICE.len() - 20]);
    let ended = place.redeliver("check cut.jsonl");
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    assert!(ended.stderr.contains("the history breaks off in line 3, after "), "{}", ended.stderr);
    place.write("none.jsonl", "hello\n");
    for file in ["none.jsonl", "missing.jsonl"] {
        let ended = place.redeliver(&format!("check {file}"));
        assert_eq!(ended.code, Some(2));
        assert!(ended.stderr.starts_with(&format!("error: `{file}`: ")), "{}", ended.stderr);
    }
}

#[test]
fn a_history_is_written_for_jepsen() {
    let place = Place::new();
    place.redeliver("run --specs specs sqs/message --history h.jsonl");
    place.redeliver("check h.jsonl --jepsen h.edn");
    assert!(place.read("h.edn").contains(":type :invoke"));
}
