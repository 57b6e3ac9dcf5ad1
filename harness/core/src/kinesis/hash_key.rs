//! Where a record belongs: hash keys, and the ranges of them that shards hold.

use std::fmt;

use md5::{Digest as _, Md5};
use redeliver_model::kinesis as model;

/// A hash key: 128 bits, of which every shard holds a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HashKey(pub u128);

impl HashKey {
    /// The hash key of a partition key: its MD5 as one big number.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html>
    pub fn of_partition_key(key: &str) -> Self {
        Self(u128::from_be_bytes(Md5::digest(key.as_bytes()).into()))
    }

    /// Reads a decimal number; `None` when the text is none or when it has more than 128 bits.
    pub fn parse(text: &str) -> Option<Self> {
        // The parser of integers would take a sign too.
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for HashKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A range of hash keys, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashRange {
    /// The first key.
    pub start: HashKey,
    /// The last key.
    pub end: HashKey,
}

impl HashRange {
    /// All keys in `count` ranges of equal size; the last takes what is left over. None for a count of zero.
    pub fn even(count: u32) -> impl Iterator<Item = Self> {
        // Of 2^128, not of the largest number: they differ when the count is a power of two.
        let wide = u128::from(count.max(1));
        let size = (u128::MAX / wide).wrapping_add(u128::from(u128::MAX % wide == wide - 1));
        (0..count).map(move |index| {
            let start = size.wrapping_mul(u128::from(index));
            let end = if index + 1 == count { u128::MAX } else { start + (size - 1) };
            Self { start: HashKey(start), end: HashKey(end) }
        })
    }

    /// As clients see it.
    pub(in crate::kinesis) fn to_model(self) -> model::HashKeyRange {
        let (start, end) = (self.start.to_string(), self.end.to_string());
        model::HashKeyRange { ending_hash_key: Some(end), starting_hash_key: Some(start) }
    }

    /// Whether a key is in it.
    pub fn holds(self, key: HashKey) -> bool {
        self.start <= key && key <= self.end
    }

    /// Whether `other` begins right behind it.
    pub fn is_followed_by(self, other: Self) -> bool {
        self.end.0.checked_add(1) == Some(other.start.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{HashKey, HashRange};

    #[test]
    fn partition_key_is_hashed_as_one_big_number() {
        assert_eq!(
            HashKey::of_partition_key("a").to_string(),
            0x0cc1_75b9_c0f1_b6a8_31c3_99e2_6977_2661_u128.to_string()
        );
    }

    #[test]
    fn numbers_beyond_128_bits_are_no_hash_keys() {
        assert_eq!(HashKey::parse("340282366920938463463374607431768211455"), Some(HashKey(u128::MAX)));
        for text in ["340282366920938463463374607431768211456", "", "-1", "+1", "1a"] {
            assert_eq!(HashKey::parse(text), None, "{text}");
        }
    }

    #[test]
    fn even_ranges_are_those_of_aws() {
        let ranges = |count| {
            HashRange::even(count).map(|range| (range.start.to_string(), range.end.to_string())).collect::<Vec<_>>()
        };
        let told = |ranges: &[(&str, &str)]| {
            ranges.iter().map(|&(start, end)| (start.to_owned(), end.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(ranges(0), told(&[]));
        assert_eq!(ranges(1), told(&[("0", "340282366920938463463374607431768211455")]));
        assert_eq!(
            ranges(2),
            told(&[
                ("0", "170141183460469231731687303715884105727"),
                ("170141183460469231731687303715884105728", "340282366920938463463374607431768211455"),
            ])
        );
        assert_eq!(
            ranges(3),
            told(&[
                ("0", "113427455640312821154458202477256070484"),
                ("113427455640312821154458202477256070485", "226854911280625642308916404954512140969"),
                ("226854911280625642308916404954512140970", "340282366920938463463374607431768211455"),
            ])
        );
    }
}
