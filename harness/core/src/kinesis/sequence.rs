//! Sequence numbers of records.
//!
//! They have the form that AWS's were seen to have: 47 hexadecimal digits, which are 56 decimal ones. From the highest digit on: `2`, nine
//! digits of the seconds at which the shard was made, the last digit of the shard's number, sixteen of an index that grows with every
//! record of the shard, `00`, nine of the seconds at which the record came, eight of the shard's number, `2`.
//! <https://github.com/mhart/kinesalite/blob/master/db/index.js>

use std::fmt;

use super::{ShardId, decimal};
use crate::hexadecimal;

/// The index of the number at which a shard was closed.
const LAST_INDEX: u64 = 0x7FFF_FFFF_FFFF_FFFF;
/// What fits into nine hexadecimal digits.
const SECONDS_MAX: u64 = (1 << 36) - 1;
/// First and last digit of version 2, the only one that is given out.
const VERSION: u64 = 2;

/// The number of a record in its shard. Numbers of one shard are in the order of its records; a shard's are above those of the shards that
/// it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SequenceNumber {
    /// When the shard was made, in seconds since 1970.
    shard_made_at: u64,
    /// The shard.
    shard: ShardId,
    /// Grows with every record of the shard.
    index: u64,
    /// When the record came, in seconds since 1970.
    taken_at: u64,
}

impl SequenceNumber {
    /// The number that a shard begins with, which no record has.
    pub(in crate::kinesis) fn first(shard: ShardId, made_at: u64) -> Self {
        Self::of_record(shard, made_at, 0, made_at)
    }

    /// The number of the record that is the `index`th of its shard, counted from 1.
    pub(in crate::kinesis) fn of_record(shard: ShardId, shard_made_at: u64, index: u64, taken_at: u64) -> Self {
        Self { shard_made_at: shard_made_at.min(SECONDS_MAX), shard, index, taken_at: taken_at.min(SECONDS_MAX) }
    }

    /// The number that a shard ends with, which no record has.
    pub(in crate::kinesis) fn last(shard: ShardId, shard_made_at: u64, closed_at: u64) -> Self {
        Self::of_record(shard, shard_made_at, LAST_INDEX, closed_at)
    }

    /// The shard that it is of.
    pub fn shard(self) -> ShardId {
        self.shard
    }

    /// Its place among the numbers of its shard.
    pub(in crate::kinesis) fn index(self) -> u64 {
        self.index
    }

    /// When its shard was made, in seconds since 1970.
    pub(in crate::kinesis) fn shard_made_at(self) -> u64 {
        self.shard_made_at
    }

    /// When its record came, in seconds since 1970.
    pub(in crate::kinesis) fn taken_at(self) -> u64 {
        self.taken_at
    }

    /// As clients see it: a decimal number.
    pub fn to_text(self) -> String {
        let (high, low) = self.limbs();
        hexadecimal::text(&decimal::long(high, low))
    }

    /// Reads a decimal number; `None` when it has not the form of those that are given out.
    pub fn parse(text: &str) -> Option<Self> {
        let (high, low) = wide(text)?;
        let shard = u32::try_from((low >> 4) & 0xFFFF_FFFF).ok()?;
        let number = Self {
            shard_made_at: (high >> 20) & SECONDS_MAX,
            shard: ShardId(shard),
            index: ((high & 0xFFFF) << 48) | u64::try_from(low >> 80).ok()?,
            taken_at: u64::try_from((low >> 36) & u128::from(SECONDS_MAX)).ok()?,
        };
        (number.limbs() == (high, low)).then_some(number)
    }

    /// The number as 60 high and 128 low bits.
    fn limbs(self) -> (u64, u128) {
        let Self { shard_made_at, shard, index, taken_at } = self;
        let high = (VERSION << 56) | (shard_made_at << 20) | (u64::from(shard.0 & 0xF) << 16) | (index >> 48);
        let low =
            (u128::from(index) << 80) | (u128::from(taken_at) << 36) | (u128::from(shard.0) << 4) | u128::from(VERSION);
        (high, low)
    }
}

/// A decimal number as 64 high and 128 low bits.
fn wide(text: &str) -> Option<(u64, u128)> {
    let (mut high, mut low) = (0_u64, 0_u128);
    for byte in text.bytes() {
        let digit = byte.is_ascii_digit().then(|| byte - b'0')?;
        let half = (low & u128::from(u64::MAX)) * 10 + u128::from(digit);
        let other = (low >> 64) * 10 + (half >> 64);
        low = (other << 64) | (half & u128::from(u64::MAX));
        high = high.checked_mul(10)?.checked_add(u64::try_from(other >> 64).ok()?)?;
    }
    (!text.is_empty()).then_some((high, low))
}

impl fmt::Display for SequenceNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::{SequenceNumber, ShardId};

    /// Of an example in the documentation of AWS.
    const OF_AWS: &str = "49546986683135544286507457936321625675700192471156785154";

    #[test]
    fn number_of_aws_is_read_and_written() {
        let number = SequenceNumber::parse(OF_AWS).unwrap();
        assert_eq!(number, SequenceNumber::of_record(ShardId(0), 1_421_279_230, 0x1D5, 1_421_279_386));
        assert_eq!(number.to_string(), OF_AWS);
    }

    #[test]
    fn numbers_are_in_the_order_of_records_and_children_come_after_their_parents() {
        let of = |shard, made_at, index, taken_at| SequenceNumber::of_record(ShardId(shard), made_at, index, taken_at);
        let numbers = [
            SequenceNumber::first(ShardId(17), 1_767_225_600),
            of(17, 1_767_225_600, 1, 1_767_225_600),
            of(17, 1_767_225_600, 2, 1_767_225_999),
            of(17, 1_767_225_600, 1 << 50, 1_767_225_999),
            SequenceNumber::last(ShardId(17), 1_767_225_600, 1_767_229_999),
            SequenceNumber::first(ShardId(18), 1_767_230_000),
        ];
        let texts = numbers.map(|number| number.to_string());
        assert!(texts.iter().all(|text| text.len() == 56), "{texts:?}");
        assert!(texts.is_sorted(), "{texts:?}");
        assert_eq!(texts.each_ref().map(|text| SequenceNumber::parse(text)), numbers.map(Some));
    }

    #[test]
    fn other_numbers_are_refused() {
        let other = OF_AWS.replacen("49", "59", 1);
        let long = "9".repeat(129);
        for text in ["", "0", "1", "-1", "49546986683135544286507457936321625675700192471156785155", &other, &long] {
            assert_eq!(SequenceNumber::parse(text), None, "{text}");
        }
    }
}
