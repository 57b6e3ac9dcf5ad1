//! Each exit code, the text that goes with it, and the reports that are written all the same.

use std::process::Command;

use crate::backend::{dying_after, nobody, silent};
use crate::program::{Place, ended, verdicts};

const BOTH: &str = "--report json=out.json --report junit=out.xml";

/// `out.xml` holds this after a run with [`BOTH`].
#[track_caller]
fn assert_junit(place: &Place, expected: &str) {
    let report = place.read("out.xml");
    assert!(report.contains(expected), "{report}");
}

#[test]
fn run_in_which_all_holds_exits_0() {
    let place = Place::new();
    let ended = place.run(&format!("!sqs/queue/names::url-is-short {BOTH}"));
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let report = place.json("out.json");
    let expected = [
        ("sqs/message/receive::message-is-received-after-an-hour", "passed"),
        ("sqs/queue/names::url-ends-with-the-name", "passed"),
    ];
    assert_eq!(verdicts(&report), expected);
    assert!(report["cases"][0]["duration_ms"].as_u64().unwrap() >= 3_600_000, "{report:#}");
    assert_junit(&place, r#"tests="2" failures="0" errors="0""#);
}

#[test]
fn failure_exits_1() {
    let place = Place::new();
    let ended = place.run(BOTH);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let report = place.json("out.json");
    assert_eq!(report["totals"]["passed"], 2);
    assert_eq!(report["totals"]["failed"], 1);
    assert_eq!(verdicts(&report)[2], ("sqs/queue/names::url-is-short", "failed"));
    assert_junit(&place, r#"tests="3" failures="1" errors="0""#);
}

#[test]
fn selector_that_matches_nothing_exits_2_and_names_the_likeliest_id() {
    let place = Place::new();
    let ended = place.run(&format!("sqs/queue/name {BOTH}"));
    let text = "the selector `sqs/queue/name` matches no case: did you mean `sqs/queue/names`?";
    assert_eq!((ended.code, ended.stderr), (Some(2), format!("error: {text}\n")));
    assert_eq!(place.json("out.json")["problem"], text);
    assert_junit(&place, r#"tests="1" failures="0" errors="1""#);
}

#[test]
fn selection_without_cases_exits_2() {
    let ended = Place::new().run("sqs/queue/** --guarantee tags");
    let text = "error: no case is left of 3: the selectors, `--guarantee`, `--feature`, `--level` and `--shard` together \
                leave out all\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(2), text));
}

#[test]
fn unknown_target_exits_2_and_names_the_likeliest() {
    let ended = Place::new().run("--target motto");
    let text = "error: unknown target `motto`: did you mean `moto`?\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(2), text));
}

#[test]
fn unknown_argument_exits_2() {
    let place = Place::new();
    for arguments in ["run --jobs 0", "run --shard 3/2", "run --guarantee fifo", "run --report html=x", "walk", ""] {
        let ended = place.redeliver(arguments);
        assert_eq!(ended.code, Some(2), "{arguments}: {ended:?}");
    }
}

#[test]
fn report_in_a_folder_that_is_not_there_exits_2_before_anything_runs() {
    let ended = Place::new().run("--report json=none/out.json");
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.starts_with("error: cannot write `none/out.json`: "), "{}", ended.stderr);
}

#[test]
fn broken_specs_exit_3_with_every_mistake() {
    let place = Place::new();
    place.write("specs/sqs/queue/broken.yaml", "spec: \"1.0\"\nabuot: x\n");
    place.write("specs/sqs/queue/torn.yaml", "spec: \"1.0\n");
    let ended = place.run(BOTH);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""));
    for part in ["specs/sqs/queue/broken.yaml", "abuot", "did you mean `about`?", "specs/sqs/queue/torn.yaml"] {
        assert!(ended.stderr.contains(part), "no {part} in:\n{}", ended.stderr);
    }
    assert_eq!(place.json("out.json")["problem"], "spec files are invalid");
    assert_eq!(place.redeliver("lint specs").code, Some(3));
}

#[test]
fn specs_that_are_not_there_exit_3() {
    let ended = Place::new().redeliver("run --specs nowhere");
    assert_eq!(ended.code, Some(3), "{ended:?}");
    assert!(ended.stderr.starts_with("error: cannot read `nowhere`: "), "{}", ended.stderr);
}

#[test]
fn unreachable_target_exits_4_and_reports_every_case() {
    let place = Place::new();
    let url = nobody();
    let ended = place.run(&format!("--target {url} {BOTH}"));
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stderr.starts_with(&format!("error: nothing answers at `{url}`: ")), "{}", ended.stderr);
    let report = place.json("out.json");
    assert_eq!(report["totals"]["could-not-run"], 3);
    assert_junit(&place, r#"tests="3" failures="0" errors="3""#);
}

#[test]
fn target_that_dies_exits_4_and_reports_what_ran() {
    let place = Place::new();
    let url = dying_after(1);
    let ended = place.run(&format!("--target {url} --jobs 1 {BOTH}"));
    assert_eq!(ended.code, Some(4), "{ended:?}");
    assert!(ended.stdout.contains("could not run"), "{}", ended.stdout);
    let report = place.json("out.json");
    assert_eq!(report["cases"].as_array().unwrap().len(), 3);
    assert_eq!(report["totals"]["could-not-run"], 3, "{report:#}");
}

#[test]
fn interrupted_run_exits_130_and_reports_so() {
    let place = Place::new();
    let (url, calls) = silent();
    let child = place.start(&format!("run --specs specs --target {url} --jobs 1 {BOTH}"));
    calls.recv().unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ended = ended(child.wait_with_output().unwrap());
    assert_eq!(ended.code, Some(130), "{ended:?}");
    let report = place.json("out.json");
    assert_eq!((&report["interrupted"], report["cases"].as_array().unwrap().len()), (&true.into(), 3));
    assert_junit(&place, r#"name="interrupted" value="true""#);
}
