//! Two transcripts of one case.

use serde_json::{Value, json};

use super::json_diff::{Difference, compare};
use super::{Exchange, Outcome};
use crate::observe::Answer;

/// One thing in which two transcripts differ.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A call that both have was answered otherwise.
    Answer {
        /// Its number in the first transcript, from 1.
        number: usize,
        /// The call.
        call: String,
        /// Where.
        differences: Vec<Difference>,
    },
    /// Calls in a row that only one has: whether it is the first, the call, how often.
    Only {
        /// Whether the first has it.
        first: bool,
        /// The call.
        call: String,
        /// How often in a row.
        times: usize,
    },
}

/// In what two transcripts of one case differ, call by call; `all` also tells wordings, headers and what differs from run to run.
pub fn differences(one: &[Exchange], other: &[Exchange], all: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    let only = |changes: &mut Vec<Change>, first: bool, exchange: &Exchange| match changes.last_mut() {
        Some(Change::Only { first: side, call, times }) if *side == first && *call == exchange.call => *times += 1,
        _ => changes.push(Change::Only { first, call: exchange.call.clone(), times: 1 }),
    };
    let (mut at, mut beside) = (0, 0);
    for (left, right) in common(one, other).into_iter().chain([(one.len(), other.len())]) {
        one[at..left].iter().for_each(|exchange| only(&mut changes, true, exchange));
        other[beside..right].iter().for_each(|exchange| only(&mut changes, false, exchange));
        if let (Some(first), Some(second)) = (one.get(left), other.get(right)) {
            let differences = compare(&shown(&first.outcome, all), &shown(&second.outcome, all), all);
            if !differences.is_empty() {
                changes.push(Change::Answer { number: left + 1, call: first.call.clone(), differences });
            }
        }
        (at, beside) = (left + 1, right + 1);
    }
    changes
}

/// Pairs of the same call, the most that keep the order of both.
fn common(one: &[Exchange], other: &[Exchange]) -> Vec<(usize, usize)> {
    let same = |left: usize, right: usize| {
        let (left, right) = (&one[left], &other[right]);
        (left.process, left.caller, &left.call) == (right.process, right.caller, &right.call)
    };
    // The length of the longest common sequence of what is left from each place on.
    let mut lengths = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for left in (0..one.len()).rev() {
        for right in (0..other.len()).rev() {
            lengths[left][right] = if same(left, right) {
                lengths[left + 1][right + 1] + 1
            } else {
                lengths[left + 1][right].max(lengths[left][right + 1])
            };
        }
    }
    let (mut left, mut right, mut pairs) = (0, 0, Vec::new());
    while left < one.len() && right < other.len() {
        if same(left, right) {
            pairs.push((left, right));
            (left, right) = (left + 1, right + 1);
        } else if lengths[left + 1][right] >= lengths[left][right + 1] {
            left += 1;
        } else {
            right += 1;
        }
    }
    pairs
}

/// What is compared of an outcome.
fn shown(outcome: &Outcome, all: bool) -> Value {
    match outcome {
        Outcome::Lost(reason) => json!({ "lost": if all { reason } else { "no reply" } }),
        Outcome::Raw(_, answer) if all => answer.clone(),
        Outcome::Raw(status, answer) => json!({ "status": status, "body": worded(answer["body"].clone()) }),
        Outcome::Observed(seen) => match &seen.answer {
            Answer::Success(output) => json!({ "ok": output }),
            Answer::Refused(refusal) => {
                let mut error = json!({ "code": refusal.code, "status": refusal.status });
                if all {
                    error["message"] = refusal.message.clone().into();
                }
                json!({ "error": error })
            }
        },
    }
}

/// A body without what every implementation words otherwise.
fn worded(mut body: Value) -> Value {
    if let Some(members) = body.as_object_mut() {
        for name in ["message", "Message"] {
            members.shift_remove(name);
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(call: &str, output: &Value) -> Exchange {
        let outcome = Outcome::Raw(200, json!({ "body": output, "headers": { "date": call } }));
        Exchange { process: 0, caller: None, call: call.to_owned(), input: Value::Null, took_ms: 0, outcome }
    }

    #[test]
    fn calls_that_only_one_has_are_told_as_such() {
        let one =
            [exchange("A", &json!(1)), exchange("R", &json!(2)), exchange("R", &json!(2)), exchange("Z", &json!(3))];
        let other = [exchange("A", &json!(1)), exchange("B", &json!(0)), exchange("Z", &json!(4))];
        let only = |first, call: &str, times| Change::Only { first, call: call.to_owned(), times };
        let difference = Difference { at: "/body".to_owned(), one: Some(json!(3)), other: Some(json!(4)) };
        let answer = Change::Answer { number: 4, call: "Z".to_owned(), differences: vec![difference] };
        assert_eq!(differences(&one, &other, false), [only(true, "R", 2), only(false, "B", 1), answer]);
    }

    #[test]
    fn equal_transcripts_have_no_difference() {
        let one = [exchange("A", &json!({ "message": "a" }))];
        assert_eq!(differences(&one, &one, true), []);
        let other = [exchange("A", &json!({ "message": "b" }))];
        assert_eq!(differences(&one, &other, false), []);
        assert_eq!(differences(&one, &other, true).len(), 1);
    }
}
