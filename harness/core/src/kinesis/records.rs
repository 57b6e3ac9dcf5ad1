//! The records of a shard, which nothing changes once they are taken.

use std::collections::VecDeque;

use redeliver_model::Bytes;

use crate::Timestamp;

/// Records of a block. A shard grows by blocks, so that taking a record costs the same whether it holds a thousand or ten million.
const BLOCK: usize = 1_024;

/// One record as it is kept.
#[derive(Debug)]
pub(in crate::kinesis) struct Stored {
    /// What its producer gave.
    pub(in crate::kinesis) data: Bytes,
    /// Its partition key; none of a stream that needs none.
    pub(in crate::kinesis) key: Option<String>,
    /// When it came.
    pub(in crate::kinesis) taken_at: Timestamp,
}

impl Stored {
    /// Bytes that count toward limits.
    pub(in crate::kinesis) fn size(&self) -> usize {
        self.data.len() + self.key.as_ref().map_or(0, String::len)
    }
}

/// The records of a shard in their order, each with an index that starts at 1 and never comes again.
#[derive(Debug, Default)]
pub(in crate::kinesis) struct Records {
    /// Full blocks and, at the end, one that is being filled.
    blocks: VecDeque<Vec<Stored>>,
    /// How many records of the first block are gone already.
    gone: usize,
    /// How many records were there before the first block.
    before: u64,
}

impl Records {
    /// The index of the oldest record that is kept, or of the next one that comes.
    pub(in crate::kinesis) fn first(&self) -> u64 {
        self.before + wide(self.gone) + 1
    }

    /// The index of the next record that comes.
    pub(in crate::kinesis) fn next(&self) -> u64 {
        let full = self.blocks.len().saturating_sub(1) * BLOCK;
        self.before + wide(full + self.blocks.back().map_or(0, Vec::len)) + 1
    }

    /// How many records there are from an index on.
    pub(in crate::kinesis) fn there(&self, index: u64) -> usize {
        usize::try_from(self.next().saturating_sub(index)).unwrap_or(usize::MAX)
    }

    /// Adds a record; gives its index.
    pub(in crate::kinesis) fn push(&mut self, record: Stored) -> u64 {
        let index = self.next();
        if let Some(block) = self.blocks.back_mut().filter(|block| block.len() < BLOCK) {
            block.push(record);
        } else {
            // A shard that holds little takes little.
            let mut block = if self.blocks.is_empty() { Vec::new() } else { Vec::with_capacity(BLOCK) };
            block.push(record);
            self.blocks.push_back(block);
        }
        index
    }

    /// The record with this index, while it is kept.
    pub(in crate::kinesis) fn get(&self, index: u64) -> Option<&Stored> {
        if index < self.first() {
            return None;
        }
        let place = usize::try_from(index - self.before - 1).ok()?;
        self.blocks.get(place / BLOCK)?.get(place % BLOCK)
    }

    /// The records from this index on, those that are gone left out, each with its index.
    pub(in crate::kinesis) fn from(&self, index: u64) -> impl Iterator<Item = (u64, &Stored)> {
        let index = index.max(self.first());
        let place = usize::try_from(index - self.before - 1).unwrap_or(usize::MAX);
        let blocks = self.blocks.iter().skip(place / BLOCK).enumerate();
        let stored =
            blocks.flat_map(move |(number, block)| block.iter().skip(if number == 0 { place % BLOCK } else { 0 }));
        (index..).zip(stored)
    }

    /// The index of the first record that came at `time` or later, or of the next one that comes.
    pub(in crate::kinesis) fn at(&self, time: Timestamp) -> u64 {
        let (mut low, mut high) = (self.first(), self.next());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(|record| record.taken_at < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Lets go of the records that came before `time`; says how many.
    pub(in crate::kinesis) fn trim(&mut self, time: Timestamp) -> u64 {
        let before = self.first();
        while let Some(block) = self.blocks.front() {
            let is_past = |record: &Stored| record.taken_at < time;
            let only = self.blocks.len() == 1;
            if block.last().is_some_and(is_past) && !only {
                self.before += wide(BLOCK);
                self.gone = 0;
                self.blocks.pop_front();
                continue;
            }
            if self.gone < block.len() && is_past(&block[self.gone]) {
                self.gone += block[self.gone..].partition_point(is_past);
            }
            break;
        }
        self.let_go();
        self.first() - before
    }

    /// Frees the only block once all its records are gone.
    fn let_go(&mut self) {
        let is_empty = |block: &Vec<Stored>| block.len() == self.gone;
        if self.blocks.len() == 1 && self.blocks.front().is_some_and(is_empty) && self.gone > 0 {
            self.before += wide(self.gone);
            self.gone = 0;
            self.blocks.clear();
        }
    }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).expect("counts of records have 64 bits")
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Bytes, Records, Stored, Timestamp};

    fn records(count: u64) -> Records {
        let mut records = Records::default();
        for time in 1..=count {
            let stored = Stored { data: Bytes::new(), key: None, taken_at: Timestamp(time) };
            assert_eq!(records.push(stored), time);
        }
        records
    }

    /// Indices and times of all records from an index on.
    fn from(records: &Records, index: u64) -> Vec<(u64, u64)> {
        records.from(index).map(|(index, record)| (index, record.taken_at.0)).collect()
    }

    #[test]
    fn records_are_found_by_index_and_by_time_across_blocks() {
        let count = 3 * BLOCK as u64 + 5;
        let records = records(count);
        assert_eq!((records.first(), records.next(), records.next() - records.first()), (1, count + 1, count));
        for index in [0, 1, BLOCK as u64, BLOCK as u64 + 1, count - 1, count] {
            let first = index.max(1);
            assert_eq!(from(&records, index), (first..=count).map(|time| (time, time)).collect::<Vec<_>>());
            assert_eq!(records.at(Timestamp(index)), first);
        }
        assert_eq!(from(&records, count + 1), []);
        assert_eq!(records.at(Timestamp(count + 9)), count + 1);
        assert!(records.get(0).is_none() && records.get(count + 1).is_none());
    }

    #[test]
    fn trimmed_records_are_gone_and_their_indices_stay_theirs() {
        let count = 2 * BLOCK as u64 + 5;
        let mut records = records(count);
        let mut gone = 0;
        for time in
            [1, 2, BLOCK as u64, BLOCK as u64 + 1, BLOCK as u64 + 2, 2 * BLOCK as u64 + 3, count, count + 1, count + 9]
        {
            let kept = time.min(count + 1);
            assert_eq!(records.trim(Timestamp(time)), kept - 1 - gone, "before {time}");
            gone = kept - 1;
            assert_eq!(
                (records.first(), records.next(), records.next() - records.first()),
                (kept, count + 1, count + 1 - kept)
            );
            assert_eq!(from(&records, 0), (kept..=count).map(|time| (time, time)).collect::<Vec<_>>());
        }
        let stored = Stored { data: Bytes::new(), key: None, taken_at: Timestamp(count + 9) };
        assert_eq!(records.push(stored), count + 1);
        assert_eq!(from(&records, 0), [(count + 1, count + 9)]);
    }
}
