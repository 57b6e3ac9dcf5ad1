//! The pattern that matching walks.

use indexmap::IndexMap;
use regex::Regex;
use serde_json::Value;

use super::{Decimal, PatternProblem, ValueType, parse};

/// The operators in the order of the format's table.
pub const OPERATORS: [&str; 15] = [
    "$absent",
    "$present",
    "$type",
    "$exact",
    "$matches",
    "$len",
    "$between",
    "$greater-than",
    "$not",
    "$all-of",
    "$any-of",
    "$unordered",
    "$each",
    "$includes",
    "$json",
];

/// What a value must look like.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// A text, number or boolean: the same value of the same type.
    Equal(Value),
    /// A list of the same length whose elements match one by one.
    List(Vec<Pattern>),
    /// A map that has at least these keys with matching values.
    Map(IndexMap<String, Pattern>),
    /// `$absent`: the key is missing.
    Absent,
    /// `$present`: any value.
    Present,
    /// `$type`: any value of the type.
    Type(ValueType),
    /// `$exact`: equal at every depth, without further keys.
    Exact(Value),
    /// `$matches`: text in which the expression is found.
    Matches(Regex),
    /// `$len`: text of so many characters, list or map of so many entries.
    Len(usize),
    /// `$between`: a number, or text of digits, from the first to the second inclusive.
    Between(Decimal, Decimal),
    /// `$greater-than`: a number, or text of digits, greater than this.
    GreaterThan(Decimal),
    /// `$not`: a value that does not match.
    Not(Box<Pattern>),
    /// `$all-of`: matches every one.
    AllOf(Vec<Pattern>),
    /// `$any-of`: matches at least one; the only operator that hands a missing key on to its patterns.
    AnyOf(Vec<Pattern>),
    /// `$unordered`: a list of the same length that matches in some order.
    Unordered(Vec<Pattern>),
    /// `$each`: a non-empty list whose every element matches.
    Each(Box<Pattern>),
    /// `$includes`: a list with at least one element that matches.
    Includes(Box<Pattern>),
    /// `$json`: text that is JSON and whose value matches.
    Json(Box<Pattern>),
}

impl Pattern {
    /// Reads a pattern in which all variables are already replaced; an error is the first problem.
    pub fn parse(value: &Value) -> Result<Self, PatternProblem> {
        parse::parse(value)
    }

    /// All problems of a pattern that may still hold `${variables}`; an operand with one counts as right.
    pub fn check(value: &Value) -> Vec<PatternProblem> {
        parse::check(value)
    }

    /// Whether this pattern accepts that the key is missing.
    pub fn accepts_missing(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::AnyOf(patterns) => patterns.iter().any(Self::accepts_missing),
            _ => false,
        }
    }
}
