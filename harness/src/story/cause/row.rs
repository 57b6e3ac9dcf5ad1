//! A row of the table of causes.

use crate::story::family::Family;

/// What is said of one fault.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its id in the catalogue, `S24`; for faults of the consumer itself the name of the rule.
    pub(super) id: &'static str,
    /// What AWS, the network or the machine did: a clause that begins a sentence.
    pub(super) did: &'static str,
    /// What the consumer gets wrong and what mends it, by what broke.
    pub(super) blames: &'static [(Family, &'static str)],
}

impl Row {
    pub(super) fn blame(&self, family: Family) -> Option<&'static str> {
        self.blames.iter().find(|(of, _)| *of == family).map(|(_, blame)| *blame)
    }
}
