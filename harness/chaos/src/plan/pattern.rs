//! Names with `*` in them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A name, in which `*` stands for any text: `orders`, `orders-*`, `*.fifo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pattern(String);

impl Pattern {
    /// A pattern from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a name fits.
    pub fn matches(&self, name: &str) -> bool {
        let mut parts = self.0.split('*');
        let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        let parts: Vec<_> = parts.collect();
        let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
        for part in middle {
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
        rest.ends_with(last)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<T: Into<String>> From<T> for Pattern {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_stands_for_any_text() {
        let fits = [
            ("orders", "orders"),
            ("*", ""),
            ("orders-*", "orders-7"),
            ("*.fifo", "a.fifo"),
            ("a*b*c", "a-b-b-c"),
            ("a*a", "aa"),
        ];
        let misses = [("orders", "orders-7"), ("orders", "order"), ("*.fifo", "fifo"), ("a*a", "a"), ("a*b*c", "acb")];
        assert_eq!(fits.map(|(pattern, name)| Pattern::new(pattern).matches(name)), [true; 6]);
        assert_eq!(misses.map(|(pattern, name)| Pattern::new(pattern).matches(name)), [false; 5]);
    }
}
