//! Which business keys a story is about.

use std::collections::BTreeSet;

use super::Told;
use super::family::Family;
use super::read::{Kind, Reading};

/// Most keys that are taken from what the checker says in words.
const KEYS_MAX: usize = 3;

/// Those that the checker names; else those in its words; else what was never done, and what the faults struck.
pub(crate) fn focus(told: &Told, reading: &Reading) -> BTreeSet<String> {
    let mut keys: BTreeSet<String> = told.keys.iter().cloned().collect();
    // Two runs differ: both keys that differ are needed to see how.
    if keys.is_empty() || told.property == "same-effects" {
        keys.extend(in_words(told, reading));
    }
    let silent = keys.is_empty();
    if silent {
        keys.extend(undone(told, reading));
    }
    // What was never done may be so because of what happened to another.
    if silent && told.wrong.is_none() {
        let struck = reading.moments.iter().filter(|moment| !moment.faults.is_empty());
        keys.extend(struck.filter_map(|moment| moment.key.clone()).take(1));
    }
    keys
}

/// Keys of the history that the headline or the witness names, in the order of their messages.
fn in_words(told: &Told, reading: &Reading) -> Vec<String> {
    let said = std::iter::once(&told.headline).chain(&told.witness);
    let words: BTreeSet<&str> = said.flat_map(|text| text.split(|c: char| !is_of_word(c))).collect();
    let keys: BTreeSet<&str> = reading.messages.iter().filter_map(|(_, message)| message.key.as_deref()).collect();
    keys.into_iter().filter(|key| words.contains(key)).take(KEYS_MAX).map(str::to_owned).collect()
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || "-_.#/".contains(character)
}

/// The key of the first message that was still there at the end, or went to the dead-letter queue.
fn undone(told: &Told, reading: &Reading) -> Option<String> {
    if matches!(Family::of(&told.property), Family::Twice | Family::Order | Family::Overlap) {
        return None;
    }
    let dead: BTreeSet<_> = (reading.moments.iter())
        .filter(|moment| moment.kind == Kind::Event && moment.text.starts_with("dead-letters"))
        .filter_map(|moment| moment.message)
        .collect();
    let undone = |index: usize| reading.messages.get(index).gone_ms.is_none() || dead.contains(&index);
    let told_of_backend =
        reading.messages.iter().any(|(_, message)| message.gone_ms.is_some() || message.queue.is_some());
    let first = reading.messages.iter().find(|(index, message)| undone(*index) && message.key.is_some());
    first.filter(|_| told_of_backend).and_then(|(_, message)| message.key.clone())
}
