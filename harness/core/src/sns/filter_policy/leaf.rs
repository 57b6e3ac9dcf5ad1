//! One key of a policy with all that its value may be.

use super::pattern::Pattern;
use super::value::Value;

/// One key of a policy with all that its value may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Leaf {
    /// Names from the outermost object on, with points between them.
    pub(super) path: Box<str>,
    /// How many objects the key is in, the policy itself among them.
    pub(super) level: usize,
    /// How many alternatives the policy names.
    pub(super) alternatives: usize,
    /// Texts that are compared as they are, in order.
    pub(super) texts: Box<[Box<str>]>,
    /// Everything else that is asked of a value.
    pub(super) patterns: Box<[Pattern]>,
    /// Whether the key may also be absent.
    pub(super) absent: bool,
}

impl Leaf {
    /// A leaf of these patterns; those of plain texts are put in order, for there may be many.
    pub(super) fn new(path: String, level: usize, alternatives: usize, patterns: Vec<Pattern>, absent: bool) -> Self {
        let mut texts = Vec::new();
        let mut others = Vec::new();
        for pattern in patterns {
            match pattern {
                Pattern::Text(text) => texts.push(text),
                other => others.push(other),
            }
        }
        texts.sort_unstable();
        Self { path: path.into(), level, alternatives, texts: texts.into(), patterns: others.into(), absent }
    }

    /// Whether a value is one that is asked for.
    pub(super) fn matches(&self, value: &Value<'_>) -> bool {
        if let Value::Text(text) = value
            && self.texts.binary_search_by(|wanted| (**wanted).cmp(&**text)).is_ok()
        {
            return true;
        }
        self.patterns.iter().any(|pattern| pattern.matches(value))
    }

    /// Whether any value is asked for, beside the absence of the key.
    pub(super) fn wants_value(&self) -> bool {
        !self.texts.is_empty() || !self.patterns.is_empty()
    }
}
