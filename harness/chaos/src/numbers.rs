//! Sequence numbers that became longer: what readers and producers see from then on, and what the backend knows them by.
//!
//! Numbers are decimal, of up to 129 digits, and grow; how many digits they have is not promised. What was told before stays as it was told,
//! so that the order of the numbers of a shard does not change.
//! <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html>

use std::collections::BTreeMap;

use redeliver_model::{Fields, Value};

use crate::edit::text;
use crate::{Call, Reply};

/// Members that are sequence numbers.
const MEMBERS: [&str; 5] = [
    "SequenceNumber",
    "SequenceNumberForOrdering",
    "StartingSequenceNumber",
    "EndingSequenceNumber",
    "ContinuationSequenceNumber",
];
/// Digits of the backend's numbers at most. A long one has a `1` before so many.
const DIGITS: usize = 60;

/// Sequence numbers of streams.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// The highest that was told, by stream and shard.
    told: BTreeMap<String, BTreeMap<String, String>>,
    /// The highest that stays as it is, likewise, for streams whose numbers became longer.
    short: BTreeMap<String, BTreeMap<String, String>>,
}

impl Numbers {
    /// Whether the numbers of a stream have become longer.
    pub(crate) fn are_long(&self, stream: &str) -> bool {
        self.short.contains_key(stream)
    }

    /// Makes the numbers of a stream longer that were not told yet.
    pub(crate) fn lengthen(&mut self, stream: &str) {
        let told = self.told.get(stream).cloned().unwrap_or_default();
        self.short.insert(stream.to_owned(), told);
    }

    /// Puts the backend's numbers into a call.
    pub(crate) fn shorten(&self, call: &mut Call) {
        if call.queue().is_some_and(|stream| self.are_long(stream)) {
            let input = std::mem::replace(&mut call.input, Value::Boolean(false));
            call.input = mapped(input, "", &|_, number| short(&number));
            call.changed = true;
        }
    }

    /// Puts long numbers into an answer, and remembers what it tells.
    pub(crate) fn settle(&mut self, call: &Call, reply: &mut Reply) {
        let (Some(stream), Some(output)) = (call.queue(), &mut reply.output) else { return };
        let shard = call.shard().unwrap_or_default();
        if let Some(highest) = self.short.get(stream) {
            let stays =
                |shard: &str, number: &str| highest.get(shard).is_some_and(|highest| !is_above(number, highest));
            let all = std::mem::replace(output, Value::Boolean(false));
            *output = mapped(all, shard, &|shard, number| if stays(shard, &number) { number } else { long(&number) });
            reply.changed = true;
            return;
        }
        let told = self.told.entry(stream.to_owned()).or_default();
        each(output, shard, &mut |shard, number| match told.get_mut(shard) {
            Some(highest) if is_above(number, highest) => number.clone_into(highest),
            Some(_) => {}
            None => drop(told.insert(shard.to_owned(), number.to_owned())),
        });
    }
}

fn is_above(number: &str, other: &str) -> bool {
    (number.len(), number) > (other.len(), other)
}

fn long(number: &str) -> String {
    if number.len() > DIGITS { number.to_owned() } else { format!("1{number:0>DIGITS$}") }
}

fn short(number: &str) -> String {
    match number.strip_prefix('1') {
        Some(rest) if rest.len() == DIGITS => rest.trim_start_matches('0').to_owned(),
        _ => number.to_owned(),
    }
}

/// Lets `see` see all numbers of a value, each with its shard.
fn each(value: &Value, shard: &str, see: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Structure(fields) => {
            let shard = text(value, "ShardId").unwrap_or(shard);
            for (name, member) in fields.iter() {
                match member {
                    Value::String(number) if MEMBERS.contains(&name) => see(shard, number),
                    _ => each(member, shard, see),
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| each(item, shard, see)),
        _ => {}
    }
}

/// The value with other numbers, each by its shard.
fn mapped(value: Value, shard: &str, to: &impl Fn(&str, String) -> String) -> Value {
    match value {
        Value::Structure(fields) => {
            let own = fields.get("ShardId").and_then(|id| match id {
                Value::String(id) => Some(id.clone()),
                _ => None,
            });
            let shard = own.as_deref().unwrap_or(shard);
            let mut changed = Fields::new();
            for (name, member) in fields {
                let member = match member {
                    Value::String(number) if MEMBERS.contains(&name) => Value::String(to(shard, number)),
                    other => mapped(other, shard, to),
                };
                changed.push(name, member);
            }
            Value::Structure(changed)
        }
        Value::List(items) => Value::List(items.into_iter().map(|item| mapped(item, shard, to)).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_above, long, short};

    #[test]
    fn long_numbers_are_above_all_short_ones_and_stand_for_them() {
        let numbers = ["1", "9", "49682118769782937337119823525327947229048938620633743362"];
        let longs = numbers.map(long);
        assert!(longs.iter().all(|number| number.len() == 61 && is_above(number, numbers[2])), "{longs:?}");
        assert!(longs.windows(2).all(|pair| is_above(&pair[1], &pair[0])), "{longs:?}");
        assert_eq!(longs.each_ref().map(|number| short(number)), numbers);
        assert_eq!(numbers.map(short), numbers);
    }
}
