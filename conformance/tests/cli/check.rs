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
