//! What the README says of the suite is what is there.

use crate::program::Place;

fn text(path: &str) -> String {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The lines of the first table.
fn table(text: &str) -> Vec<&str> {
    text.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).collect()
}

#[test]
fn the_head_of_the_comparison_is_that_of_the_whole() {
    let (readme, comparison) = (text("README.md"), text("conformance/COMPARISON.md"));
    let (_, head) = readme.split_once("<!-- comparison -->").unwrap();
    let (head, _) = head.split_once("<!-- /comparison -->").unwrap();
    assert_eq!(table(head), table(&comparison), "conformance/targets/compare writes both");
}

#[test]
fn as_many_cases_as_it_says() {
    let listed = Place::new().redeliver("list --json").stdout;
    let cases: Vec<serde_json::Value> = serde_json::from_str(&listed).unwrap();
    let count = cases.len();
    let told = format!(" {},{:03} cases", count / 1000, count % 1000);
    assert_eq!(text("README.md").matches(&told).count(), 2, "it says `{told}` at its top and of the run");
}
