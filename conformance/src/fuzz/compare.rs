//! How two answers to one call differ.

use redeliver_model::Operation;
use serde_json::Value;

use super::normal::Own;
use crate::exec::{Asked, Played};
use crate::observe::{Answer, Observation};

/// How two answers differ; the first is what is expected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A success in place of this error.
    Accepted(String),
    /// This error in place of a success.
    Refused(String),
    /// Another error: code and status of both.
    OtherError(String, String),
    /// Another modern name of the same error.
    OtherName(String, String),
    /// Something is not there.
    Missing,
    /// Something is there that should not be.
    Extra,
    /// Another value.
    Value,
    /// A list of another length.
    Length,
    /// An answer that the SDK does not understand.
    Unreadable,
}

/// One difference between two answers to the same call.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    /// Which call of the program.
    pub(super) call: usize,
    /// The operation.
    pub(super) operation: &'static Operation,
    /// How.
    pub(super) kind: Kind,
    /// Where in the answer, as a JSON pointer into the expected one; empty for the whole.
    pub(super) at: String,
    /// What was expected there.
    pub(super) expected: Value,
    /// What was seen.
    pub(super) seen: Value,
}

impl Kind {
    /// Whether the targets are no longer in the same state after it, so that what follows says nothing.
    fn parts(&self) -> bool {
        matches!(self, Self::Accepted(_) | Self::Refused(_) | Self::Length | Self::Missing | Self::Extra)
    }
}

impl Difference {
    /// Whether another difference is one of the same kind at the same place of the same operation's answer.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.operation == other.operation && self.kind == other.kind && self.place() == other.place()
    }

    /// The place without the numbers of list elements.
    pub(super) fn place(&self) -> String {
        let part =
            |part: &str| if part.bytes().all(|byte| byte.is_ascii_digit()) { "*".to_owned() } else { part.to_owned() };
        self.at.split('/').skip(1).map(part).fold(String::new(), |place, part| place + "/" + &part)
    }
}

/// All differences up to the first after which the targets' states part.
pub(super) fn differences(
    calls: &[Asked],
    (expected, own): (&Played, &Own),
    (seen, other): (&Played, &Own),
    ordered: bool,
) -> Vec<Difference> {
    let mut found = Vec::new();
    // What is asked until something is made is asked for that alone: a spec would wait in vain for what its answers lack.
    for (call, asked) in calls.iter().enumerate().filter(|(_, asked)| asked.until.is_none()) {
        let (Some(Some(left)), Some(Some(right))) = (expected.answers.get(call), seen.answers.get(call)) else {
            continue;
        };
        let compare = Compare { call, operation: asked.operation, ordered };
        let before = found.len();
        compare.answers((left, own), (right, other), &mut found);
        if found[before..].iter().any(|difference| difference.kind.parts()) {
            break;
        }
    }
    found
}

struct Compare {
    call: usize,
    operation: &'static Operation,
    ordered: bool,
}

impl Compare {
    fn answers(
        &self,
        (left, own): (&Observation, &Own),
        (right, other): (&Observation, &Own),
        found: &mut Vec<Difference>,
    ) {
        let name = |code: &str, status: u16| if code.is_empty() { format!("status {status}") } else { code.to_owned() };
        match (&left.answer, &right.answer) {
            (Answer::Success(_), Answer::Success(_)) if right.disagreement.is_some() && left.disagreement.is_none() => {
                found.push(self.whole(Kind::Unreadable));
            }
            (Answer::Success(left), Answer::Success(right)) => {
                let (left, right) = (own.normal(left, self.ordered), other.normal(right, self.ordered));
                self.values(&left, &right, String::new(), found);
            }
            (Answer::Refused(refusal), Answer::Success(_)) => {
                found.push(self.whole(Kind::Accepted(name(&refusal.code, refusal.status))));
            }
            (Answer::Success(_), Answer::Refused(refusal)) => {
                found.push(self.whole(Kind::Refused(name(&refusal.code, refusal.status))));
            }
            (Answer::Refused(left), Answer::Refused(right)) => {
                if left.code != right.code || left.status != right.status {
                    let told = |code: &str, status: u16| {
                        if left.code == right.code { format!("{code} {status}") } else { name(code, status) }
                    };
                    found.push(
                        self.whole(Kind::OtherError(told(&left.code, left.status), told(&right.code, right.status))),
                    );
                } else if left.type_name != right.type_name {
                    found.push(self.whole(Kind::OtherName(left.type_name.clone(), right.type_name.clone())));
                }
            }
        }
    }

    fn whole(&self, kind: Kind) -> Difference {
        self.difference(kind, String::new(), &Value::Null, &Value::Null)
    }

    fn difference(&self, kind: Kind, at: String, expected: &Value, seen: &Value) -> Difference {
        let (expected, seen) = (expected.clone(), seen.clone());
        Difference { call: self.call, operation: self.operation, kind, at, expected, seen }
    }

    fn values(&self, left: &Value, right: &Value, at: String, found: &mut Vec<Difference>) {
        match (left, right) {
            (Value::Object(lefts), Value::Object(rights)) => {
                for (key, left) in lefts {
                    let below = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                    match rights.get(key) {
                        Some(right) => self.values(left, right, below, found),
                        None => found.push(self.difference(Kind::Missing, below, left, &Value::Null)),
                    }
                }
                for (key, right) in rights.iter().filter(|(key, _)| !lefts.contains_key(*key)) {
                    let below = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                    found.push(self.difference(Kind::Extra, below, &Value::Null, right));
                }
            }
            (Value::Array(lefts), Value::Array(rights)) if lefts.len() == rights.len() => {
                for (index, (left, right)) in lefts.iter().zip(rights).enumerate() {
                    self.values(left, right, format!("{at}/{index}"), found);
                }
            }
            (Value::Array(_), Value::Array(_)) => found.push(self.difference(Kind::Length, at, left, right)),
            _ if left == right => {}
            _ => found.push(self.difference(Kind::Value, at, left, right)),
        }
    }
}
