//! Sequence numbers.

use std::cmp::Ordering;
use std::fmt;

/// A sequence number: decimal digits, more than any integer holds. Numbers are compared as numbers, however long they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Number<'a>(&'a str);

impl<'a> Number<'a> {
    /// Below the numbers of all records.
    pub(crate) const ZERO: Self = Self("");

    /// Reads a number. What follows a colon numbers a record within a record, which this does not look into.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let text = text.split_once(':').map_or(text, |(number, _)| number);
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self(text.trim_start_matches('0')))
    }

    /// Its digits.
    pub(crate) fn text(self) -> &'a str {
        self.0
    }
}

impl Ord for Number<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Number<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_empty() { "0" } else { self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn numbers_are_compared_as_numbers() {
        let number = |text| Number::of(text).unwrap();
        assert!(number("9") < number("10"));
        assert!(number("009") < number("10"));
        assert!(number("49590338271490256608559692538361571095921575989136588898") > number("9"));
        assert_eq!(number("12:3"), number("012"));
        assert_eq!([Number::of(""), Number::of("TRIM_HORIZON"), Number::of("-1")], [None; 3]);
        assert_eq!(number("0").to_string(), "0");
    }
}
