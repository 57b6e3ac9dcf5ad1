//! Single constraints and their words.

use std::fmt;

use redeliver_model::{Kind, Shape, Value};

use super::{enumeration, pattern};

/// One constraint of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constraint {
    /// The value is one of these.
    Enumeration(&'static [&'static str]),
    /// The whole text matches.
    Pattern(&'static str),
    /// The text, bytes, list or map is at most so long.
    LengthMax(i64),
    /// The text, bytes, list or map is at least so long.
    LengthMin(i64),
    /// The number is at most this.
    ValueMax(i64),
    /// The number is at least this.
    ValueMin(i64),
}

impl Constraint {
    /// The constraints of a shape in the order in which a violation of each is told on its own.
    pub(super) fn all(shape: &'static Shape) -> Vec<Self> {
        let mut constraints = Self::of_items(shape);
        constraints.sort_by_key(|constraint| !matches!(constraint, Self::Enumeration(_) | Self::Pattern(_)));
        constraints
    }

    /// The constraints of a shape in the order in which they are listed for the items of a list or map.
    pub(super) fn of_items(shape: &'static Shape) -> Vec<Self> {
        let limits = &shape.constraints;
        let number = matches!(shape.kind, Kind::Integer | Kind::Long | Kind::Double);
        let max = limits.max.map(if number { Self::ValueMax } else { Self::LengthMax });
        let min = limits.min.map(if number { Self::ValueMin } else { Self::LengthMin });
        let enumeration = (!limits.values.is_empty()).then_some(Self::Enumeration(limits.values));
        [max, min, limits.pattern.map(Self::Pattern), enumeration].into_iter().flatten().collect()
    }

    pub(super) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Enumeration(values), Value::String(text)) => values.contains(&text.as_str()),
            (Self::Pattern(pattern), Value::String(text)) => pattern::matches(pattern, text),
            (Self::LengthMax(max), value) => length(value).is_none_or(|length| length <= *max),
            (Self::LengthMin(min), value) => length(value).is_none_or(|length| length >= *min),
            (Self::ValueMax(max), Value::Integer(number)) => number <= max,
            (Self::ValueMin(min), Value::Integer(number)) => number >= min,
            _ => true,
        }
    }
}

/// Characters of a text, bytes, items or entries; numbers have no length.
fn length(value: &Value) -> Option<i64> {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Blob(bytes) => bytes.len(),
        Value::List(items) => items.len(),
        Value::Map(entries) => entries.len(),
        Value::Boolean(_) | Value::Integer(_) | Value::Double(_) | Value::Timestamp(_) | Value::Structure(_) => {
            return None;
        }
    };
    Some(i64::try_from(length).unwrap_or(i64::MAX))
}

impl fmt::Display for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Enumeration(values) => {
                write!(formatter, "Member must satisfy enum value set: [{}]", enumeration::ordered(values).join(", "))
            }
            Self::Pattern(pattern) => write!(formatter, "Member must satisfy regular expression pattern: {pattern}"),
            Self::LengthMax(max) => write!(formatter, "Member must have length less than or equal to {max}"),
            Self::LengthMin(min) => write!(formatter, "Member must have length greater than or equal to {min}"),
            Self::ValueMax(max) => write!(formatter, "Member must have value less than or equal to {max}"),
            Self::ValueMin(min) => write!(formatter, "Member must have value greater than or equal to {min}"),
        }
    }
}
