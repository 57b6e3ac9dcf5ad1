//! Numbers as filter policies compare them.

/// Largest magnitude and digits after the point that are compared.
/// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>
const MAGNITUDE_MAX: f64 = 1e9;
const SCALE: f64 = 1e5;

/// A number of a policy or of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number<'a> {
    /// As it was written.
    pub(super) text: std::borrow::Cow<'a, str>,
    /// In hundred-thousandths; `None` beyond what is compared by value.
    pub(super) value: Option<i64>,
}

impl<'a> Number<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text: text.into(), value: scaled(text) }
    }

    pub(super) fn into_owned(self) -> Number<'static> {
        Number { text: self.text.into_owned().into(), value: self.value }
    }

    /// Whether both stand for the same number, or are written the same where they are too large to be compared.
    pub(super) fn is(&self, other: &Number<'_>) -> bool {
        match (self.value, other.value) {
            (Some(this), Some(other)) => this == other,
            _ => self.text == other.text,
        }
    }
}

/// A number in hundred-thousandths, if it is one that is compared.
pub(super) fn scaled(text: &str) -> Option<i64> {
    let number: f64 = text.trim().parse().ok()?;
    if !(-MAGNITUDE_MAX..=MAGNITUDE_MAX).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 1e14, which both types hold exactly")]
    Some((number * SCALE).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::{Number, scaled};

    #[test]
    fn numbers_are_compared_to_five_digits_after_the_point() {
        for (text, value) in
            [("0", 0), ("-0", 0), ("300", 30_000_000), ("3.0e2", 30_000_000), ("0.000014", 1), ("-1.5", -150_000)]
        {
            assert_eq!(scaled(text), Some(value), "{text}");
        }
        assert_eq!(scaled("1000000000"), Some(100_000_000_000_000));
        for text in ["1000000000.1", "-1e10", "x", "", "NaN", "inf"] {
            assert_eq!(scaled(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_the_range_are_the_same_when_written_the_same() {
        let is = |one: &str, other: &str| Number::new(one).is(&Number::new(other));
        assert!(is("123456789012", "123456789012"));
        assert!(!is("123456789012", "1.23456789012e11"));
        assert!(is("10", "1e1"));
    }
}
