//! Same seed, same bytes.

use crate::program::Place;

/// The reports and the history of a run.
fn bytes(place: &Place, arguments: &str) -> [String; 3] {
    place.run(&format!("{arguments} --report json=out.json --report junit=out.xml --history out.jsonl"));
    ["out.json", "out.xml", "out.jsonl"].map(|file| place.read(file))
}

#[test]
fn same_seed_gives_the_same_bytes_whatever_the_number_of_jobs() {
    let place = Place::new();
    for profile in ["calm", "lifelike"] {
        let run = |jobs: u8, seed: u8| bytes(&place, &format!("--profile {profile} --jobs {jobs} --seed {seed}"));
        let first = run(1, 7);
        assert_eq!(first, run(2, 7));
        assert_ne!(first[2], run(1, 8)[2], "the seed has no effect");
    }
}

#[test]
fn history_has_a_header_and_the_calls_of_each_case_by_id() {
    let place = Place::new();
    let [_, _, history] = bytes(&place, "--seed 7");
    let lines: Vec<serde_json::Value> = history.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0], serde_json::json!({ "redeliver_history": 2, "target": "reference", "seed": 7 }));
    let ids: Vec<_> = lines[1..].iter().map(|line| line["case"].as_str().unwrap()).collect();
    assert!(ids.is_sorted() && ids.contains(&"sqs/queue/names::url-is-short"), "{ids:?}");
    let (header, records) = redeliver_check::jsonl::read(&history).unwrap();
    assert_eq!((header.seed, records.len()), (Some(7), ids.len()));
}
