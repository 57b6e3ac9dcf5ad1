//! The samples as files, and mutated checkers against them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Sample, samples};
use crate::jsonl::{self, Header, Line};
use crate::mutation::{asked, with_mutation};
use crate::{Expectation, Invariant, Record, Verdict, check_all};

/// What stands beside each history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    invariant: String,
    expectation: Expectation,
    /// The lines of the verdict, for a broken one.
    witness: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/histories")
}

fn witness(invariant: Invariant, history: &[Record], expectation: &Expectation) -> Vec<String> {
    match invariant.check_run(history, expectation) {
        Verdict::Holds => Vec::new(),
        Verdict::Broken { witness } => witness,
        Verdict::Unknown { needs } => vec![format!("unknown: needs {needs}")],
    }
}

/// Path and text of both files of a sample.
fn rendered(sample: &Sample) -> [(PathBuf, String); 2] {
    let name = sample.invariant.name();
    let place = root().join(if sample.holds { "holds" } else { "broken" });
    let lines: Vec<_> =
        sample.story.records().iter().map(|record| Line { case: name.to_owned(), record: record.clone() }).collect();
    let witness = witness(sample.invariant, sample.story.records(), &sample.expectation);
    let beside = Beside { invariant: name.to_owned(), expectation: sample.expectation.clone(), witness };
    let beside = serde_json::to_string_pretty(&beside).unwrap() + "\n";
    let file = |ending: &str| place.join(format!("{name}-{}.{ending}", sample.name));
    [(file("jsonl"), jsonl::write(&Header::new("told", None), &lines)), (file("json"), beside)]
}

/// Every history on disk, by its folder and name.
fn stored() -> BTreeMap<String, (Beside, Vec<Record>)> {
    let mut all = BTreeMap::new();
    for folder in ["holds", "broken"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "jsonl") {
                let beside = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
                let (_, lines) = jsonl::read(&fs::read_to_string(&path).unwrap()).unwrap();
                let name = format!("{folder}/{}", path.file_stem().unwrap().to_str().unwrap());
                all.insert(name, (beside, lines.into_iter().map(|line| line.record).collect()));
            }
        }
    }
    all
}

#[test]
fn files_are_fresh() {
    let files: Vec<_> = samples().iter().flat_map(rendered).collect();
    if std::env::var_os("UPDATE_HISTORIES").is_some() {
        for (path, text) in &files {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let stale: Vec<_> =
        files.iter().filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text)).collect();
    assert!(stale.is_empty(), "write them anew with UPDATE_HISTORIES=1: {stale:#?}");
}

#[test]
fn every_history_has_the_verdict_of_its_folder() {
    let mut wrong = Vec::new();
    for (name, (beside, history)) in stored() {
        let invariant = Invariant::from_name(&beside.invariant).unwrap();
        let found = witness(invariant, &history, &beside.expectation);
        if found != beside.witness || found.is_empty() != name.starts_with("holds/") {
            wrong.push((name, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_invariant_has_a_history_that_holds_and_one_that_is_broken() {
    let stored = stored();
    let has = |folder: &str, invariant: &Invariant| {
        let name = invariant.name();
        let mut of = stored.iter().filter(|(_, (beside, _))| beside.invariant == name);
        of.any(|(path, (beside, _))| {
            let unknown = beside.witness.iter().any(|line| line.starts_with("unknown: "));
            path.starts_with(&format!("{folder}/{name}-")) && !unknown
        })
    };
    let missing: Vec<_> =
        Invariant::ALL.iter().filter(|invariant| !has("holds", invariant) || !has("broken", invariant)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn without_records_every_invariant_is_unknown_or_has_nothing_to_break_it() {
    for (invariant, verdict) in check_all(&[], &Expectation::new(crate::story::FIFO_SCENE())) {
        assert!(!matches!(verdict, Verdict::Broken { .. }), "{invariant:?}: {verdict:?}");
    }
    let unknown = check_all(&[], &Expectation::default()).into_iter().filter(|(_, verdict)| *verdict == Verdict::Holds);
    assert_eq!(unknown.collect::<Vec<_>>(), []);
}

/// Every mutation that the sources of this crate name.
fn mutations(folder: &Path) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(mutations(&path));
        } else {
            let text = fs::read_to_string(path).unwrap();
            // Assembled, so that this file does not hold what it looks for.
            let call = ["mutated", "(\""].concat();
            let mut calls = text.split(&call);
            calls.next();
            all.extend(calls.filter_map(|rest| rest.split_once('"')).map(|(name, _)| name.to_owned()));
        }
    }
    all
}

/// Goal: a checker with a fault would be noticed. Method: switch on one mutation after the other; each must change some verdict.
#[test]
fn every_mutation_of_a_checker_is_noticed() {
    let stored = stored();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let verdicts = || -> Vec<_> {
        let check = |(beside, history): &(Beside, Vec<Record>)| {
            witness(Invariant::from_name(&beside.invariant).unwrap(), history, &beside.expectation)
        };
        stored.values().map(check).collect()
    };
    let right = verdicts();
    let all: BTreeSet<_> = asked();
    assert_eq!(all.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), mutations(&sources));
    let survivors: Vec<_> = all.iter().filter(|name| with_mutation(name, verdicts) == right).collect();
    assert!(survivors.is_empty(), "no history notices {survivors:#?}");
    let mutated: BTreeSet<_> =
        all.iter().filter_map(|name| name.split_once(": ")).map(|(checker, _)| checker).collect();
    let never: Vec<_> = Invariant::ALL.iter().filter(|invariant| !mutated.contains(invariant.name())).collect();
    assert!(never.is_empty(), "no mutation of {never:?}");
}
