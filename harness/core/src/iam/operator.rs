//! How conditions compare.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;

use super::like::{is_arn_like, is_like};

/// How a value is compared with one of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Text,
    TextIgnoringCase,
    TextLike,
    Arn,
    /// Which orders of the value beside that of the policy hold.
    Number(&'static [Ordering]),
    /// Presence of the key at all.
    Null,
    /// Dates, addresses and whatever else is not evaluated here.
    Unknown,
}

/// Over the values of a key that has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    All,
    Any,
}

/// The operator of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Operator {
    pub(super) comparison: Comparison,
    pub(super) is_negated: bool,
    pub(super) if_exists: bool,
    pub(super) over: Option<Over>,
}

impl Operator {
    /// The operator of this name, with what may stand before and behind it.
    pub(super) fn parse(name: &str) -> Self {
        let (over, name) = match name.split_once(':') {
            Some(("ForAllValues", name)) => (Some(Over::All), name),
            Some(("ForAnyValue", name)) => (Some(Over::Any), name),
            _ => (None, name),
        };
        let (if_exists, name) = name.strip_suffix("IfExists").map_or((false, name), |name| (true, name));
        let (comparison, is_negated) = comparison(name);
        Self { comparison, is_negated, if_exists, over }
    }
}

fn comparison(name: &str) -> (Comparison, bool) {
    use Ordering::{Equal, Greater, Less};
    let comparison = match name {
        "StringEquals" | "StringNotEquals" => Comparison::Text,
        "StringEqualsIgnoreCase" | "StringNotEqualsIgnoreCase" | "Bool" => Comparison::TextIgnoringCase,
        "StringLike" | "StringNotLike" => Comparison::TextLike,
        "ArnEquals" | "ArnLike" | "ArnNotEquals" | "ArnNotLike" => Comparison::Arn,
        "NumericEquals" | "NumericNotEquals" => Comparison::Number(&[Equal]),
        "NumericLessThan" => Comparison::Number(&[Less]),
        "NumericLessThanEquals" => Comparison::Number(&[Less, Equal]),
        "NumericGreaterThan" => Comparison::Number(&[Greater]),
        "NumericGreaterThanEquals" => Comparison::Number(&[Greater, Equal]),
        "Null" => Comparison::Null,
        _ => Comparison::Unknown,
    };
    (comparison, comparison != Comparison::Unknown && name.contains("Not"))
}

impl Comparison {
    /// Whether a value is as the policy wants it.
    pub(super) fn holds(self, wanted: &str, found: &str) -> bool {
        match self {
            Self::Text => wanted == found,
            Self::TextIgnoringCase => wanted.eq_ignore_ascii_case(found),
            Self::TextLike => is_like(wanted, found),
            Self::Arn => is_arn_like(wanted, found),
            Self::Number(orders) => {
                let number = |text: &str| text.trim().parse::<f64>().ok();
                let order = number(found).and_then(|found| found.partial_cmp(&number(wanted)?));
                order.is_some_and(|order| orders.contains(&order))
            }
            Self::Null | Self::Unknown => false,
        }
    }
}
