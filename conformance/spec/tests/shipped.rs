//! Every spec that is shipped loads, lints and lies where the format's page says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use redeliver_spec::{Feature, Guarantee, Signing, ValueType, load_dir};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs")
}

#[test]
fn every_shipped_spec_lints() {
    let suite = load_dir(&specs()).unwrap_or_else(|problems| panic!("{problems}"));
    let ids: BTreeSet<_> = suite.cases().map(|case| case.id.clone()).collect();
    assert_eq!(ids.len(), suite.cases().count(), "ids are unique");
}

#[test]
fn every_shipped_spec_lies_in_the_folder_of_its_noun() {
    let suite = load_dir(&specs()).unwrap_or_else(|problems| panic!("{problems}"));
    let misplaced: Vec<_> = suite
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| {
            !matches!(
                path.split('/').collect::<Vec<_>>()[..],
                ["sqs" | "sns" | "kinesis", _, _] | ["flows" | "consumers", _, ..]
            )
        })
        .collect();
    assert_eq!(misplaced, Vec::<&str>::new(), "a spec lies in <service>/<noun>/<behaviour>.yaml, flows/ or consumers/");
}

/// The first two columns of the table whose first column has this head.
fn table(page: &str, head: &str) -> Vec<(String, String)> {
    let rows = page.lines().skip_while(|line| !line.starts_with(&format!("| {head} | "))).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|row| {
            let mut cells = row.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_matches('`').to_owned());
            (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_page_of_the_format_lists_the_words_that_are_known() {
    let page = std::fs::read_to_string(specs().join("README.md")).unwrap();
    let pair = |word: &str, meaning: &str| (word.to_owned(), meaning.to_owned());
    let guarantees: Vec<_> = Guarantee::ALL.iter().map(|word| pair(word.as_str(), word.meaning())).collect();
    assert_eq!(table(&page, "Guarantee"), guarantees);
    let features: Vec<_> = Feature::ALL.iter().map(|word| pair(word.as_str(), word.meaning())).collect();
    assert_eq!(table(&page, "Feature"), features);
    let signings: Vec<_> = Signing::ALL.iter().map(|word| pair(word.as_str(), word.meaning())).collect();
    assert_eq!(table(&page, "Signing"), signings);
    let types: Vec<_> = ValueType::ALL.iter().map(|word| pair(word.as_str(), word.meaning())).collect();
    assert_eq!(table(&page, "Type"), types);
}
