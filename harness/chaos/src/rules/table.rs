//! The table of all rules.

use std::fmt::Write as _;

use super::ALL;
use crate::plan::Place;

/// What `RULES.md` says.
pub fn table() -> String {
    let mut text = String::from(HEAD);
    for rule in ALL {
        let (known, legality) = (rule.known(), rule.legality());
        let can = |place: &&Place| known.refuses.iter().all(|(refused, _)| refused != *place);
        let places: Vec<_> = Place::ALL.iter().filter(can).map(|place| place.as_str()).collect();
        let phases: Vec<_> = known.phases.iter().map(|phase| phase.as_str()).collect();
        let contract = if legality.breaks_contract { "**out**" } else { "in" };
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "| {} | `{}` | {} | {} | {} | {contract} | {} ([source]({})) |",
            known.id,
            known.name,
            rule.about(),
            phases.join(", "),
            if places.len() == Place::ALL.len() { "all".to_owned() } else { places.join(", ") },
            legality.guarantee,
            legality.source,
        );
    }
    text
}

const HEAD: &str = "\
# Rules

What a plan can name. `UPDATE=1 cargo test -p redeliver-chaos --test rules` writes this page, and the same test proves it fresh. *In* the contract is
what AWS, the network or operations may do: a correct consumer survives it. What is *out* proves checkers and is in no preset.

| Id | Rule | What it does | Phase | Places | Contract | Because |
|---|---|---|---|---|---|---|
";
