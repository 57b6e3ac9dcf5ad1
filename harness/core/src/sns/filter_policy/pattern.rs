//! What a policy asks of a single value.

use super::cidr::Cidr;
use super::number::Number;
use super::value::Value;
use super::wildcard::Wildcard;

/// One end of a range of numbers, in hundred-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) value: i64,
    /// Whether the number itself is outside.
    pub(super) is_open: bool,
}

/// What a policy asks of a single value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    Text(Box<str>),
    Number(Number<'static>),
    True,
    False,
    Null,
    Prefix(Box<str>),
    Suffix(Box<str>),
    /// In lower case.
    IgnoreCase(Box<str>),
    Wildcard(Wildcard),
    Cidr(Cidr),
    Range {
        bottom: Option<Bound>,
        top: Option<Bound>,
    },
    Exists,
    /// A value that none of these asks for.
    AnythingBut(Box<[Pattern]>),
}

impl Pattern {
    pub(super) fn matches(&self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Pattern::Text(wanted), Value::Text(text)) => **wanted == **text,
            (Pattern::Number(wanted), Value::Number(number)) => wanted.is(number),
            (Pattern::True, Value::True) | (Pattern::False, Value::False) | (Pattern::Null, Value::Null) => true,
            (Pattern::Prefix(prefix), Value::Text(text)) => text.starts_with(&**prefix),
            (Pattern::Suffix(suffix), Value::Text(text)) => text.ends_with(&**suffix),
            (Pattern::IgnoreCase(lower), Value::Text(text)) => is_ignoring_case(lower, text),
            (Pattern::Wildcard(wildcard), Value::Text(text)) => wildcard.matches(text),
            (Pattern::Cidr(cidr), Value::Text(text)) => cidr.contains(text),
            (Pattern::Range { bottom, top }, Value::Number(Number { value: Some(value), .. })) => {
                bottom.is_none_or(|bottom| *value > bottom.value || !bottom.is_open && *value == bottom.value)
                    && top.is_none_or(|top| *value < top.value || !top.is_open && *value == top.value)
            }
            // The value has to be one: <https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html>.
            (Pattern::Exists, Value::Text(text)) => !text.is_empty(),
            (Pattern::Exists, value) => *value != Value::Null,
            (Pattern::AnythingBut(unwanted), value) => !unwanted.iter().any(|pattern| pattern.matches(value)),
            _ => false,
        }
    }
}

fn is_ignoring_case(lower: &str, text: &str) -> bool {
    lower.eq_ignore_ascii_case(text) || text.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// A text as [`Pattern::IgnoreCase`] keeps it.
pub(super) fn lower(text: &str) -> Box<str> {
    text.chars().flat_map(char::to_lowercase).collect::<String>().into()
}
