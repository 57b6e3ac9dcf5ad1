//! One condition of a statement.

use serde_json::Value;

use super::operator::{Comparison, Operator, Over};
use super::principal::texts;
use super::question::Circumstances;

/// One key with what its value must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    /// As it was written.
    pub(super) name: Box<str>,
    pub(super) operator: Operator,
    pub(super) key: Box<str>,
    pub(super) wanted: Box<[Box<str>]>,
    /// Whether a value has a variable, which is not filled in here.
    has_variable: bool,
}

/// Whether something is as a statement wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Yes,
    No,
    /// It may be, but that can't be told here.
    Unclear,
}

impl Condition {
    /// The conditions of an element; one that can't be read is kept as one that can't be evaluated.
    pub(super) fn read(element: &Value) -> Vec<Self> {
        let none = serde_json::Map::new();
        let Value::Object(operators) = element else { return vec![Self::new("?", "?", element)] };
        let each = |(name, keys): (&String, &Value)| {
            let unread = if keys.is_object() { None } else { Some(Self::new("?", name, keys)) };
            let keys = keys.as_object().unwrap_or(&none);
            keys.iter().map(|(key, wanted)| Self::new(name, key, wanted)).chain(unread).collect::<Vec<_>>()
        };
        operators.iter().flat_map(each).collect()
    }

    fn new(name: &str, key: &str, wanted: &Value) -> Self {
        let wanted = texts(wanted);
        let has_variable = wanted.iter().any(|wanted| wanted.contains("${"));
        Self {
            name: name.into(),
            operator: Operator::parse(name),
            key: key.into(),
            wanted: wanted.into(),
            has_variable,
        }
    }

    pub(super) fn verdict(&self, circumstances: &Circumstances<'_>) -> Verdict {
        let Operator { comparison, is_negated, if_exists, over } = self.operator;
        let found = circumstances.get(&self.key);
        if comparison == Comparison::Unknown
            || self.has_variable
            || found.is_none() && circumstances.is_unknown(&self.key)
        {
            return Verdict::Unclear;
        }
        let holds = match (comparison, found) {
            (Comparison::Null, found) => self
                .wanted
                .iter()
                .any(|wanted| wanted.eq_ignore_ascii_case(if found.is_none() { "true" } else { "false" })),
            (_, None) => if_exists || over == Some(Over::All) || is_negated && over.is_none(),
            (_, Some(found)) => self.wanted.iter().any(|wanted| comparison.holds(wanted, found)) != is_negated,
        };
        if holds { Verdict::Yes } else { Verdict::No }
    }
}
