//! What is known and what was found while a plan is read.

use std::sync::Arc;

use super::super::yaml::{Entry, Node, Problem, Shape, Span, Text, instead};
use super::super::{Known, Place};

/// Reads one text.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a Arc<Text>,
    /// All rules that there are.
    pub(crate) known: &'a [Known],
    /// Where the plan is to act, if that is known.
    pub(crate) place: Option<Place>,
    pub(crate) problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Notes a problem.
    pub(super) fn wrong(&mut self, span: Span, message: impl Into<String>, label: &str, remedy: impl Into<String>) {
        self.problems.push(Problem::new(self.text, span, message).label(label).remedy(remedy));
    }

    /// The entries of a map; what is no map is told.
    pub(super) fn map<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Entry] {
        if let Shape::Map(entries) = &node.shape {
            return entries;
        }
        let message = format!("{what} must be a map, this is {}", node.kind());
        self.wrong(node.span, message, "here", "write keys with values, for example `operation: SendMessage`");
        &[]
    }

    /// Tells that a key is not among the known ones.
    pub(super) fn unknown_key(&mut self, entry: &Entry, of: &str, known: &[&str]) {
        let message = format!("{of} has no key `{}`", entry.key);
        self.wrong(entry.at, message, "unknown", instead(&entry.key, known));
    }

    /// The elements of a list, or the one value that stands in place of a list.
    pub(super) fn one_or_many(node: &Node) -> Vec<&Node> {
        match &node.shape {
            Shape::List(items) => items.iter().collect(),
            Shape::Scalar(_) | Shape::Map(_) => vec![node],
        }
    }
}
