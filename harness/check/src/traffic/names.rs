//! Texts as small numbers, so that checkers compare and look up without hashing.

use std::borrow::Cow;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Texts of one kind, numbered in the order in which they were seen.
#[derive(Debug, Default)]
pub(crate) struct Names<'a>(IndexSet<Cow<'a, str>, FxBuildHasher>);

impl<'a> Names<'a> {
    /// The number of this text.
    pub(crate) fn number(&mut self, text: &'a str) -> usize {
        self.number_of(Cow::Borrowed(text))
    }

    /// The number of this text, which may be the names' own.
    pub(crate) fn number_of(&mut self, text: Cow<'a, str>) -> usize {
        self.0.insert_full(text).0
    }

    /// The number of this text, if it was seen.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        self.0.get_index_of(text)
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: usize) -> &str {
        &self.0[number]
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// What names a queue, whatever host it was asked through and whether by URL or name: the last part of its URL.
pub(crate) fn place(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}
