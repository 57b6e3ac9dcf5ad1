//! A run as a step of GitHub Actions: annotations and the summary come without asking, and each shard has its part.

use std::collections::BTreeSet;

use crate::backend::nobody;
use crate::program::{Place, verdicts};

const FAILING: &str =
    "::error file=specs/sqs/queue/names.yaml,line=17,col=15,title=failed%3A sqs/queue/names%3A%3Aurl-is-short::";

fn annotations(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("::")).collect()
}

#[test]
fn a_step_is_annotated_and_summed_up() {
    let place = Place::new();
    let ended = place.in_github("run --specs specs --seed 7");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines = annotations(&ended.stdout);
    assert_eq!(lines.len(), 1, "{ended:?}");
    assert!(lines[0].starts_with(FAILING), "{lines:?}");
    assert!(
        lines[0].contains("%0A/QueueUrl: expected \"short\", seen ") && lines[0].ends_with(" --seed 7"),
        "{lines:?}"
    );
    let summary = place.read("summary.md");
    for part in [
        "## redeliver on `reference`: 1 fail the run\n",
        "| cases | passed | failed |\n| ---: | ---: | ---: |\n| 3 | 2 | 1 |\n",
        "<summary>failed: <code>sqs/queue/names::url-is-short</code></summary>",
        "at specs/sqs/queue/names.yaml:17",
        "expected  \"short\" at /QueueUrl",
        "redeliver run 'sqs/queue/names::url-is-short' --specs specs --seed 7",
    ] {
        assert!(summary.contains(part), "no {part} in:\n{summary}");
    }
    // Another run of the same step adds to it.
    assert_eq!(place.in_github("run --specs specs sqs/message").code, Some(0));
    let both = place.read("summary.md");
    assert_eq!(
        both.strip_prefix(&summary).map(|rest| rest.starts_with("## redeliver on `reference`: all that had")),
        Some(true)
    );
}

#[test]
fn annotations_leave_standard_output_to_a_report() {
    let place = Place::new();
    let ended = place.in_github("run --specs specs --report json=-");
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(report["totals"]["failed"], 1);
    assert!(annotations(&ended.stderr)[0].starts_with(FAILING), "{}", ended.stderr);
    let ended = place.in_github("run --specs specs --report github=notes --report markdown=page.md");
    assert_eq!(annotations(&ended.stdout), Vec::<&str>::new());
    assert!(place.read("notes").starts_with(FAILING));
    assert!(place.read("summary.md").ends_with(&place.read("page.md")));
}

#[test]
fn outside_of_github_nothing_is_annotated() {
    let ended = Place::new().run("");
    assert_eq!(annotations(&ended.stdout), Vec::<&str>::new());
}

#[test]
fn a_target_that_is_not_there_is_one_annotation() {
    let place = Place::new();
    let ended = place.in_github(&format!("run --specs specs --target {}", nobody()));
    assert_eq!(ended.code, Some(4));
    let lines = annotations(&ended.stdout);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("::error title=redeliver%3A 3 could not run::nothing answers at "), "{lines:?}");
    let ended = place.in_github("run --specs specs sqs/nothing");
    assert!(
        annotations(&ended.stdout)[0].starts_with("::error title=redeliver%3A nothing was run::the selector "),
        "{ended:?}"
    );
}

#[test]
fn a_summary_that_is_full_stays_below_the_limit() {
    let place = Place::new();
    place.write("summary.md", &"x".repeat(1024 * 1024 - 100));
    assert_eq!(place.in_github("run --specs specs").code, Some(1));
    assert_eq!(place.read("summary.md").len(), 1024 * 1024 - 100);
}

#[test]
fn shards_of_a_run_share_its_cases_evenly_and_run_each_once() {
    let place = Place::new();
    let mut seen = BTreeSet::new();
    // In `--lib` all specs are shared out in the same way; here it is seen that a run does just that.
    let all = place.redeliver("list --specs specs").stdout;
    let all: BTreeSet<_> = all.lines().map(str::to_owned).collect();
    for (shard, code) in [(1, 1), (2, 0)] {
        let ended = place.run(&format!("--shard {shard}/2 --report json=out.json"));
        assert_eq!(ended.code, Some(code), "{ended:?}");
        let report = place.json("out.json");
        let part = verdicts(&report);
        assert!(part.len() == all.len() / 2 || part.len() == all.len().div_ceil(2), "{} of {}", part.len(), all.len());
        for (id, _) in part {
            assert!(seen.insert(id.to_owned()), "{id} is in two shards");
        }
    }
    assert_eq!(seen, all);
}
