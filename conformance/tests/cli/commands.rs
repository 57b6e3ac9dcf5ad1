//! The commands beside `run`.

use crate::program::Place;

const ALL: &str = "sqs/message/receive::message-is-received-after-an-hour\n\
                   sqs/queue/names::url-ends-with-the-name\n\
                   sqs/queue/names::url-is-short\n";

#[test]
fn list_prints_ids_in_order() {
    let ended = Place::new().redeliver("list --specs specs");
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(0), ALL, ""));
}

#[test]
fn shards_share_the_cases() {
    let place = Place::new();
    let shard = |index: u8| place.redeliver(&format!("list --specs specs --shard {index}/2")).stdout;
    let mut lines: Vec<_> = [shard(1), shard(2)].concat().lines().map(str::to_owned).collect();
    assert_eq!(shard(2).lines().count(), 1);
    lines.sort();
    assert_eq!(lines.join("\n") + "\n", ALL);
}

#[test]
fn selectors_are_globs_over_files_and_cases() {
    let place = Place::new();
    let count = |selectors: &str| place.redeliver(&format!("list --specs specs {selectors}")).stdout.lines().count();
    let counts = [
        "sqs/**",
        "sqs/*",
        "sqs/queue",
        "sqs/queue/*",
        "sqs/*/names::url-is-*",
        "!sqs/queue",
        "--feature sqs.standard",
    ]
    .map(count);
    assert_eq!(counts, [3, 0, 2, 2, 1, 1, 3]);
}

#[test]
fn list_as_json_has_guarantee_and_evidence() {
    let ended = Place::new().redeliver("list --specs specs --json sqs/message");
    let rows: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(rows[0]["id"], "sqs/message/receive::message-is-received-after-an-hour");
    assert_eq!(rows[0]["guarantee"], "at-least-once");
    assert!(rows[0]["evidence"]["doc"].as_str().unwrap().starts_with("https://docs.aws.amazon.com/"));
}

#[test]
fn reader_that_has_seen_enough_is_no_failure() {
    let mut child = Place::new().start("list");
    drop(child.stdout.take());
    let ended = crate::program::ended(child.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
}

#[test]
fn embedded_specs_have_no_mistake() {
    let ended = Place::new().redeliver("lint");
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert!(ended.stdout.ends_with(" cases: no mistake\n"), "{}", ended.stdout);
}

#[test]
fn explain_shows_all_of_a_case() {
    let ended = Place::new().redeliver("explain --specs specs sqs/queue/names::url-is-short");
    insta::assert_snapshot!(ended.stdout, @r#"
    sqs/queue/names::url-is-short
    A queue has the name that it was given.

    guarantee  queue-lifecycle: create, find, list, delete
    level      must: documented or recorded
    requires   sqs.standard: standard queues
    why        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    where      specs/sqs/queue/names.yaml:12
    run        redeliver run 'sqs/queue/names::url-is-short' --specs 'specs'

      - name: url-is-short
        evidence: { doc: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html" }
        steps:
          - call: sqs:CreateQueue
            with: { QueueName: "${unique}" }
            ok: { QueueUrl: short }
    "#);
}

#[test]
fn explain_of_an_unknown_case_names_the_likeliest() {
    let ended = Place::new().redeliver("explain --specs specs sqs/queue/names::url-is-shrt");
    let text =
        "error: there is no case `sqs/queue/names::url-is-shrt`: did you mean `sqs/queue/names::url-is-short`?\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(2), text));
}

#[test]
fn schema_is_a_json_schema() {
    let ended = Place::new().redeliver("schema");
    let schema: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((ended.code, schema["$schema"].is_string()), (Some(0), true));
}

#[test]
fn schema_of_manifests_is_a_json_schema() {
    let ended = Place::new().redeliver("schema target");
    let schema: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((ended.code, &schema["title"]), (Some(0), &serde_json::json!("a target manifest")));
}

#[test]
fn lint_tells_the_mistakes_of_manifests() {
    let place = Place::new();
    place.write("own.yaml", "name: own\nabout: Own.\nfeatures: [sqs.standard]\n");
    let ended = place.redeliver("lint --targets own.yaml");
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.contains("nothing says how the target comes to be there"), "{}", ended.stderr);
    place.write("own.yaml", "name: own\nabout: Own.\nfeatures: [sqs.standard]\nin-process: true\n");
    let ended = place.redeliver("lint --targets own.yaml");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "1 manifest: no mistake\n"));
}

#[test]
fn targets_shows_names_and_pages() {
    let place = Place::new();
    let names = place.redeliver("targets").stdout;
    let names: Vec<_> = names.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names[..3], ["reference", "served", "moto"]);
    let page = place.redeliver("targets moto").stdout;
    for part in ["moto_server", "sqs.fifo: FIFO queues", "known deviations"] {
        assert!(page.contains(part), "no {part} in:\n{page}");
    }
    assert_eq!(place.redeliver("targets motto").code, Some(2));
}
