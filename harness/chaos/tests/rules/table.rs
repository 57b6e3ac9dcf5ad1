//! `RULES.md` says what the rules say, and the rules say enough.

use std::path::Path;

use redeliver_chaos::rules::{ALL, table};

#[test]
fn the_table_of_rules_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("RULES.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, table()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == table(), "RULES.md is stale: run `UPDATE=1 cargo test -p redeliver-chaos --test rules`");
}

#[test]
fn names_and_ids_are_unique_and_every_rule_has_its_source() {
    let mut seen = Vec::new();
    for rule in ALL {
        let (known, legality) = (rule.known(), rule.legality());
        assert!(!seen.contains(&known.name) && !seen.contains(&known.id), "{} {}", known.name, known.id);
        seen.extend([known.name, known.id]);
        let hosts = ["https://docs.aws.amazon.com/", "https://aws.amazon.com/"];
        assert!(hosts.iter().any(|host| legality.source.starts_with(host)), "{}", known.name);
        assert!(known.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", known.name);
        assert!(!known.phases.is_empty() && rule.about().ends_with('.'), "{}", known.name);
        assert!(legality.guarantee.contains(": "), "{}", known.name);
    }
}

#[test]
fn every_row_of_the_catalogue_has_its_rule() {
    let rows = (1..=42).map(|row| format!("S{row}")).chain([1, 2, 3, 4, 5, 6, 7, 8, 10].map(|row| format!("X{row}")));
    let rows = rows.chain((1..=9).map(|row| format!("N{row}")));
    let rows = rows.chain((1..=21).map(|row| format!("K{row}")));
    let missing: Vec<_> = rows.filter(|row| ALL.iter().all(|rule| rule.known().id != row)).collect();
    assert_eq!(missing, [] as [&str; 0]);
}

#[test]
fn what_breaks_the_contract_only_acts_when_it_is_named() {
    for rule in ALL {
        let (name, share) = (rule.known().name, rule.share());
        assert!((0.0..=1.0).contains(&share), "{name}");
        assert!(!rule.legality().breaks_contract || share <= 0.0, "{name}");
    }
}
