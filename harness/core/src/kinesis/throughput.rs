//! What a shard takes in and gives out in a second.

use super::bucket::Bucket;
use crate::Timestamp;

const MIB: i64 = 1_024 * 1_024;
/// Bytes and records that a shard takes in a second.
/// <https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html>
const BYTES_IN: i64 = MIB;
const RECORDS_IN: i64 = 1_000;
/// Bytes that it gives out in a second, and how many reads it answers.
const BYTES_OUT: i64 = 2 * MIB;
const READS: i64 = 5;
/// How many iterators it makes in a second.
const ITERATORS: i64 = 5;
/// The largest record of all streams.
const RECORD_MAX: i64 = 10 * MIB;

/// The throughput of a shard.
#[derive(Debug)]
pub(in crate::kinesis) struct Throughput {
    bytes_in: Bucket,
    /// What was left of earlier seconds, in thousandths of a byte: what a record needs that has more than a second's bytes.
    /// <https://docs.aws.amazon.com/streams/latest/dev/large-records.html>
    burst: i64,
    records_in: Bucket,
    bytes_out: Bucket,
    reads: Bucket,
    iterators: Bucket,
}

impl Throughput {
    /// That of a shard that was not used yet.
    pub(in crate::kinesis) fn new(now: Timestamp) -> Self {
        Self {
            bytes_in: Bucket::of_a_second(BYTES_IN, now),
            burst: BURST_MAX,
            records_in: Bucket::of_a_second(RECORDS_IN, now),
            bytes_out: Bucket::of_a_second(BYTES_OUT, now),
            reads: Bucket::of_a_second(READS, now),
            iterators: Bucket::of_a_second(ITERATORS, now),
        }
    }

    /// Whether a record of `size` bytes may come in; if so, it is counted.
    pub(in crate::kinesis) fn take_record(&mut self, now: Timestamp, size: usize) -> bool {
        let size = i64::try_from(size).unwrap_or(i64::MAX / 1_000);
        let left_over = self.bytes_in.refill(now);
        self.burst = self.burst.saturating_add(left_over).min(BURST_MAX);
        self.records_in.refill(now);
        if !self.records_in.holds(1) {
            return false;
        }
        if size <= BYTES_IN {
            if !self.bytes_in.holds(size) {
                return false;
            }
            self.bytes_in.take(size);
        } else {
            let mut bytes_in = self.bytes_in;
            let missing = bytes_in.drain(size);
            if missing > self.burst {
                return false;
            }
            self.burst -= missing;
            self.bytes_in = bytes_in;
        }
        self.records_in.take(1);
        true
    }

    /// Whether a read may be answered; if so, it is counted, but for the bytes that it gives.
    pub(in crate::kinesis) fn begin_read(&mut self, now: Timestamp) -> bool {
        self.bytes_out.refill(now);
        self.reads.refill(now);
        let may = self.bytes_out.has_any() && self.reads.holds(1);
        if may {
            self.reads.take(1);
        }
        may
    }

    /// Counts the bytes that a read gave. More than a second's make the shard pause: after 10 MiB for five seconds.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html>
    pub(in crate::kinesis) fn end_read(&mut self, size: usize) {
        self.bytes_out.owe(i64::try_from(size).unwrap_or(RECORD_MAX));
    }

    /// Whether an iterator may be made; if so, it is counted.
    pub(in crate::kinesis) fn take_iterator(&mut self, now: Timestamp) -> bool {
        self.iterators.refill(now);
        let may = self.iterators.holds(1);
        if may {
            self.iterators.take(1);
        }
        may
    }
}

/// What a shard can save: with a full second it is enough for the largest record.
const BURST_MAX: i64 = (RECORD_MAX - BYTES_IN) * 1_000;

#[cfg(test)]
mod tests {
    use super::{Throughput, Timestamp};

    const MIB: usize = 1_024 * 1_024;

    #[test]
    fn shard_takes_a_mebibyte_and_a_thousand_records_a_second() {
        let mut shard = Throughput::new(Timestamp(0));
        assert!(shard.take_record(Timestamp(0), MIB));
        assert!(!shard.take_record(Timestamp(0), 1));
        assert!(!shard.take_record(Timestamp(499), MIB / 2));
        assert!(shard.take_record(Timestamp(500), MIB / 2));
        let mut shard = Throughput::new(Timestamp(0));
        assert_eq!((0..2_000).filter(|_| shard.take_record(Timestamp(0), 1)).count(), 1_000);
        assert_eq!((0..2_000).filter(|_| shard.take_record(Timestamp(10), 1)).count(), 10);
    }

    #[test]
    fn large_record_uses_what_was_saved_and_the_next_waits_until_it_is_again() {
        let mut shard = Throughput::new(Timestamp(0));
        assert!(shard.take_record(Timestamp(0), 10 * MIB));
        assert!(!shard.take_record(Timestamp(0), 1));
        assert!(shard.take_record(Timestamp(1_000), MIB));
        assert!(!shard.take_record(Timestamp(10_999), 10 * MIB));
        assert!(shard.take_record(Timestamp(11_000), 10 * MIB));
    }

    #[test]
    fn shard_answers_five_reads_a_second_and_pauses_after_large_ones() {
        let mut shard = Throughput::new(Timestamp(0));
        assert_eq!((0..9).filter(|_| shard.begin_read(Timestamp(0))).count(), 5);
        assert_eq!((0..9).filter(|_| shard.begin_read(Timestamp(200))).count(), 1);
        shard.end_read(10 * MIB);
        assert!(!shard.begin_read(Timestamp(5_199)));
        assert!(shard.begin_read(Timestamp(5_200)));
    }
}
