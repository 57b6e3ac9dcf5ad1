//! Why a text is no filter policy.

use std::fmt::{self, Write as _};

use super::token::Place;

/// Characters of the policy that a complaint repeats; the rest is counted.
const SOURCE_CHARS_MAX: usize = 500;

/// Why a text is no filter policy. Its text goes on behind `Invalid parameter: `, or behind `Invalid parameter: Attributes Reason: ` when
/// the policy came with `Subscribe`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterFault(String);

impl FilterFault {
    /// A complaint that tells no place.
    pub(super) fn plain(complaint: &str) -> Self {
        Self(format!("FilterPolicy: {complaint}"))
    }

    /// A complaint about what the policy means, with its text and the place up to which it was read.
    pub(super) fn at(complaint: &str, text: &str, place: Place) -> Self {
        Self(format!("FilterPolicy: {complaint}\n at [Source: (String){}; {place}]", source(text)))
    }

    /// A complaint about a text that is not JSON. Recordings since October 2025 leave the text out of these.
    pub(super) fn syntax(complaint: &str, place: Place) -> Self {
        Self(format!("FilterPolicy: failed to parse JSON. {complaint}\n at {}", redacted(place)))
    }

    /// A policy with objects in objects that is for attributes, which have none.
    pub(super) fn nested() -> Self {
        Self("Filter policy scope MessageAttributes does not support nested filter policy".to_owned())
    }
}

impl fmt::Display for FilterFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for FilterFault {}

/// A place in a text that is not shown.
pub(super) fn redacted(place: Place) -> String {
    format!("[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); {place}]")
}

/// The text in quotation marks; control characters other than line ends are written as escapes.
fn source(text: &str) -> String {
    let mut shown = String::from("\"");
    for character in text.chars().take(SOURCE_CHARS_MAX) {
        if character.is_control() && !matches!(character, '\r' | '\n') {
            let _ = write!(shown, "\\u{:04X}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown.push('"');
    match text.chars().count().saturating_sub(SOURCE_CHARS_MAX) {
        0 => shown,
        more => format!("{shown}[truncated {more} chars]"),
    }
}

#[cfg(test)]
mod tests {
    use super::{FilterFault, Place};

    #[test]
    fn long_policy_is_shown_by_its_beginning() {
        let text = "x".repeat(512);
        let fault = FilterFault::at("No.", &text, Place { line: 2, column: 7 });
        let shown = format!(
            "FilterPolicy: No.\n at [Source: (String)\"{}\"[truncated 12 chars]; line: 2, column: 7]",
            &text[..500]
        );
        assert_eq!(fault.to_string(), shown);
    }
}
