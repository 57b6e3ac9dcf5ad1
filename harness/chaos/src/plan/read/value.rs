//! Single values, each with what it may be.

use std::time::Duration;

use serde_json::Value;

use super::super::yaml::{Node, Shape, instead};
use super::super::{Kind, Pattern, parse_duration, show_duration};
use super::Reader;

/// The longest duration that a plan can ask for: SQS keeps a message no longer.
const LONGEST: Duration = Duration::from_hours(14 * 24);

impl Reader<'_> {
    fn expected(&mut self, node: &Node, what: &str, remedy: impl Into<String>) {
        self.wrong(node.span, format!("{what}, this is {}", node.shown()), "here", remedy);
    }

    /// A text; numbers are read as the text that they are written as.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.shape {
            Shape::Scalar(Value::String(text)) if !text.is_empty() => Some(text.clone()),
            Shape::Scalar(Value::Number(number)) => Some(number.to_string()),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => {
                self.expected(node, &format!("{what} must be a text"), "write a name");
                None
            }
        }
    }

    /// A name in which `*` may stand.
    pub(super) fn pattern(&mut self, node: &Node, what: &str) -> Option<Pattern> {
        self.text(node, what).map(Pattern::new)
    }

    /// A word of a closed list.
    pub(super) fn word(&mut self, node: &Node, what: &str, known: &[&'static str]) -> Option<&'static str> {
        let text = self.text(node, what)?;
        let found = known.iter().copied().find(|word| *word == text);
        if found.is_none() {
            self.wrong(node.span, format!("unknown {what} `{text}`"), "unknown", instead(&text, known));
        }
        found
    }

    /// A whole number from `min` to `max`.
    pub(super) fn whole(&mut self, node: &Node, what: &str, min: u64, max: u64) -> Option<u64> {
        let found = match &node.shape {
            Shape::Scalar(Value::Number(number)) => number.as_u64().filter(|number| (min..=max).contains(number)),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => None,
        };
        if found.is_none() {
            let range = if max >= u64::from(u32::MAX) { format!("{min} or more") } else { format!("{min} to {max}") };
            self.expected(node, &format!("{what} must be a whole number"), format!("use {range}"));
        }
        found
    }

    /// A number from 1 that counts calls.
    pub(super) fn count(&mut self, node: &Node, what: &str) -> Option<u32> {
        let number = self.whole(node, what, 1, u64::from(u32::MAX))?;
        u32::try_from(number).ok()
    }

    /// A number above 0 and up to 1.
    pub(super) fn probability(&mut self, node: &Node, what: &str) -> Option<f64> {
        let found = match &node.shape {
            Shape::Scalar(Value::Number(number)) => number.as_f64().filter(|chance| *chance > 0.0 && *chance <= 1.0),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) => None,
        };
        if found.is_none() {
            let remedy = "use a number above 0 and up to 1, for example 0.05: one in twenty";
            self.expected(node, &format!("{what} must be a probability"), remedy);
        }
        found
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, node: &Node, what: &str) -> Option<bool> {
        if let Shape::Scalar(Value::Bool(flag)) = node.shape {
            return Some(flag);
        }
        self.expected(node, &format!("{what} must be true or false"), "write `true` or `false`");
        None
    }

    /// A duration from `min` to `max`.
    pub(super) fn duration(&mut self, node: &Node, what: &str, min: Duration, max: Duration) -> Option<Duration> {
        let Shape::Scalar(Value::String(text)) = &node.shape else {
            let remedy = "write a whole number and a unit (ms, s, m, h or d), for example `31s`";
            self.expected(node, &format!("{what} must be a duration"), remedy);
            return None;
        };
        match parse_duration(text) {
            Ok(duration) if (min..=max).contains(&duration) => Some(duration),
            Ok(_) => {
                let message = format!("{what} cannot be `{text}`");
                let remedy = format!("use {} to {}", show_duration(min), show_duration(max));
                self.wrong(node.span, message, "impossible", remedy);
                None
            }
            Err(_) => {
                let remedy = "write a whole number and a unit (ms, s, m, h or d), for example `31s`";
                self.wrong(node.span, format!("{what} cannot be `{text}`"), "not a duration", remedy);
                None
            }
        }
    }

    /// A duration since the start of a run.
    pub(super) fn moment(&mut self, node: &Node, what: &str) -> Option<Duration> {
        self.duration(node, what, Duration::ZERO, LONGEST)
    }

    /// The value of a rule's parameter, as [`Parameters`](super::super::Parameters) hold it.
    pub(super) fn parameter(&mut self, node: &Node, name: &str, kind: Kind) -> Option<Value> {
        let what = format!("`{name}`");
        match kind {
            Kind::Duration(min, max) => {
                let (min, max) = (Duration::from_millis(min), Duration::from_millis(max));
                self.duration(node, &what, min, max).map(|duration| Value::from(show_duration(duration)))
            }
            Kind::Number(min, max) => self.whole(node, &what, min, max).map(Value::from),
            Kind::Flag => self.flag(node, &what).map(Value::from),
            Kind::Word(words) => self.word(node, name, words).map(Value::from),
            Kind::Text => self.text(node, &what).map(Value::from),
        }
    }
}
