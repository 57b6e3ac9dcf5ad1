//! The self-tests of the format below `specs/format`: what must not load, and how that is told; what must load.

#![expect(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use redeliver_spec::pattern::OPERATORS;
use redeliver_spec::{Step, StepKind, Suite, load};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/format").join(name)
}

/// Name and text of every file of a folder, sorted.
fn files(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn path(folder: &str, name: &str) -> String {
    format!("format/{folder}/{name}.yaml")
}

#[test]
fn every_mistake_is_told_as_its_snapshot_shows() {
    let files = files("invalid");
    assert!(files.len() >= 60, "only {} files", files.len());
    for (name, text) in files {
        let Err(problems) = load([(path("invalid", &name), text)]) else { panic!("{name} loads") };
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(name, problems.to_string()) });
    }
}

#[test]
fn every_snapshot_has_its_file() {
    let snapshots = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")).unwrap();
    let name = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().replacen("format__", "", 1);
    // insta leaves `.snap.new` files beside those that differ.
    let snapshots = snapshots.map(|entry| entry.unwrap().path()).filter(|path| path.extension().unwrap() == "snap");
    let snapshots: BTreeSet<_> = snapshots.map(name).collect();
    assert_eq!(snapshots, files("invalid").into_iter().map(|(name, _)| name).collect());
}

#[test]
fn the_mistakes_of_all_files_are_told_at_once() {
    let files = files("invalid");
    let number = files.len();
    let problems = load(files.into_iter().map(|(name, text)| (path("invalid", &name), text))).unwrap_err();
    assert_eq!(problems.files(), number);
}

/// Goal: bad input is told and never panics. Method: every self-test with each line left out, and cut off in the middle of each line.
#[test]
fn damaged_files_are_told_and_nothing_panics() {
    let mut told = 0;
    for (name, text) in ["invalid", "valid-pass", "valid-fail"].into_iter().flat_map(files) {
        let lines: Vec<_> = text.lines().collect();
        for at in 0..lines.len() {
            let without = [&lines[..at], &lines[at + 1..]].concat().join("\n");
            let half: String = lines[at].chars().take(lines[at].len() / 2).collect();
            let cut = [&lines[..at], &[half.as_str()]].concat().join("\n");
            for damaged in [without, cut] {
                told +=
                    load([(format!("{name}.yaml"), damaged)]).map_or_else(|problems| problems.to_string().len(), |_| 0);
            }
        }
    }
    assert!(told > 1_000_000, "only {told} bytes of problems");
}

#[test]
fn a_file_that_is_given_twice_is_a_mistake() {
    let (name, text) = files("valid-pass").swap_remove(0);
    let twice = [(path("valid-pass", &name), text.clone()), (path("valid-pass", &name), text)];
    let messages: Vec<_> = load(twice).unwrap_err().iter().map(|problem| problem.message.clone()).collect();
    assert_eq!(messages, ["this file was given twice"]);
}

fn valid(name: &str) -> Suite {
    let files = files(name).into_iter().map(|(stem, text)| (path(name, &stem), text));
    load(files).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Operators and kinds of steps in a suite.
fn exercised(suite: &Suite) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in &suite.files {
        let words = file.source.split(|c: char| c.is_whitespace() || "{}[],:".contains(c));
        found.extend(words.filter(|word| OPERATORS.contains(word)).map(str::to_owned));
    }
    for case in suite.cases() {
        kinds(&case.steps, &mut found);
    }
    found
}

fn kinds(steps: &[Step], found: &mut BTreeSet<String>) {
    for step in steps {
        let kind = match &step.kind {
            StepKind::Call(_) => "call",
            StepKind::Wait(_) => "wait",
            StepKind::Drain(_) => "drain",
            StepKind::Workload(_) | StepKind::StreamWorkload(_) => "workload",
            StepKind::Raw(_) => "raw",
            StepKind::Endpoint(_) => "endpoint",
            StepKind::Requests(_) => "requests",
            StepKind::Given(_) => "given",
            StepKind::Parallel(branches) => {
                for steps in branches {
                    kinds(steps, found);
                }
                "parallel"
            }
            StepKind::Repeat { steps, .. } => {
                kinds(steps, found);
                "repeat"
            }
        };
        found.insert(kind.to_owned());
    }
}

fn everything() -> BTreeSet<String> {
    let kinds = ["call", "wait", "parallel", "repeat", "drain", "workload", "raw", "endpoint", "requests", "given"];
    OPERATORS.into_iter().chain(kinds).map(str::to_owned).collect()
}

#[test]
fn specs_that_pass_load_and_exercise_every_operator_and_kind_of_step() {
    let suite = valid("valid-pass");
    assert!(suite.files.len() >= 25, "only {} files", suite.files.len());
    assert_eq!(exercised(&suite), everything());
}

#[test]
fn specs_that_fail_load_and_exercise_every_operator_and_kind_of_step() {
    let suite = valid("valid-fail");
    assert!(suite.files.len() >= 25, "only {} files", suite.files.len());
    assert_eq!(exercised(&suite), everything());
}

#[test]
fn specs_that_fail_say_in_their_first_line_how() {
    let silent: Vec<_> = files("valid-fail")
        .into_iter()
        .filter(|(_, text)| !text.lines().next().is_some_and(|line| line.len() > 9 && line.starts_with("# fails: ")))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}
