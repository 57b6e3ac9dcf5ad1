//! What stands in place of what is taken out.

use std::collections::{BTreeMap, BTreeSet};

/// The shortest token that is taken out: shorter ones are no secrets, and might stand elsewhere by chance.
const TOKEN_MIN: usize = 16;

/// What stands in place of which value: equal values get equal words, numbered as they first come.
#[derive(Debug, Default)]
pub(super) struct Words {
    learned: BTreeMap<String, String>,
    counts: BTreeMap<&'static str, usize>,
    /// Values that the case itself sent before anything answered with them: they are the spec's own.
    sent: BTreeSet<String>,
}

impl Words {
    /// Keeps in mind what the case sent.
    pub(super) fn sent(&mut self, text: &str) {
        if !self.learned.contains_key(text) {
            self.sent.insert(text.to_owned());
        }
    }

    /// Learns a token of this kind, unless it is short, known, or the spec's own.
    pub(super) fn token(&mut self, kind: &'static str, value: &str) {
        if value.len() < TOKEN_MIN || self.learned.contains_key(value) || self.is_of_the_spec(value) {
            return;
        }
        let word = format!("{kind}-{}", self.count(kind));
        self.learned.insert(value.to_owned(), word);
    }

    /// Learns an id that looks like a UUID, in the same way; what stands in its place looks like one too.
    pub(super) fn uuid(&mut self, value: &str) {
        if self.learned.contains_key(value) || self.is_of_the_spec(value) {
            return;
        }
        let word = format!("00000000-0000-4000-8000-{:012}", self.count("uuid"));
        self.learned.insert(value.to_owned(), word);
    }

    /// The text with all that was learned replaced, longest first.
    pub(super) fn replace(&self, text: &str) -> String {
        let mut found: Vec<_> = self.learned.iter().filter(|(value, _)| text.contains(value.as_str())).collect();
        found.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        found.into_iter().fold(text.to_owned(), |text, (value, word)| text.replace(value.as_str(), word))
    }

    fn count(&mut self, kind: &'static str) -> usize {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        *count
    }

    fn is_of_the_spec(&self, value: &str) -> bool {
        self.sent.iter().any(|text| text.contains(value))
    }
}
