//! Numbers of any length: sequence numbers and hash keys outgrow every machine integer.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

/// A decimal number, compared by value and not by text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Digits before the point, without leading zeros.
    whole: String,
    /// Digits behind the point, without trailing zeros.
    fraction: String,
}

impl Decimal {
    /// The number that a value stands for: a number, or text of digits. `None` for everything else.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::read(&plain(number)),
            Value::String(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Self::read(text)
            }
            _ => None,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let whole = whole.trim_start_matches('0').to_owned();
        let fraction = fraction.trim_end_matches('0').to_owned();
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: negative && !zero, whole, fraction })
    }
}

/// A number without an exponent.
fn plain(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => format!("{float}"),
        _ => number.to_string(),
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |this: &Self, that: &Self| {
            let whole = this.whole.len().cmp(&that.whole.len()).then_with(|| this.whole.cmp(&that.whole));
            whole.then_with(|| this.fraction.cmp(&that.fraction))
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let whole = if self.whole.is_empty() { "0" } else { &self.whole };
        let point = if self.fraction.is_empty() { "" } else { "." };
        write!(formatter, "{sign}{whole}{point}{}", self.fraction)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_and_texts_of_digits_compare_by_value() {
        let ascending = [
            json!(-10),
            json!(-2.5),
            json!(0),
            json!("0000000000000000000009"),
            json!(9.25),
            json!(10),
            json!("18869000000000000000000000000000000000000"),
            json!("18869000000000000000000000000000000000001"),
        ];
        let numbers: Vec<_> = ascending.iter().map(|value| Decimal::of(value).unwrap()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        assert_eq!(Decimal::of(&json!("0010")), Decimal::of(&json!(10.0)));
        assert_eq!(Decimal::of(&json!(-0.0)), Decimal::of(&json!(0)));
    }

    #[test]
    fn other_values_are_no_numbers() {
        for value in [json!(""), json!("-1"), json!("1.5"), json!("1e3"), json!(true), json!([1]), json!(null)] {
            assert_eq!(Decimal::of(&value), None, "{value}");
        }
    }
}
