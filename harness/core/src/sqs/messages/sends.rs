//! Sends of the last five minutes, by key and by age.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::{Timestamp, Uuid};

/// Seconds for which a send is remembered, also after the message was deleted. A duplicate does not start them anew: AWS documents
/// neither, and an interval counted from the accepted message is the plainer reading.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html>
const INTERVAL_SECS: u64 = 300;

/// What a duplicate is answered with: that AWS gives the original's ids is an assumption, since it documents only that the send succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sqs) struct Original {
    /// The message's id, in halves: a `u128` would be padded to its alignment.
    id: [u64; 2],
    /// Its sequence number's position.
    pub(in crate::sqs) position: u64,
    at: Timestamp,
}

impl Original {
    /// The message's id.
    pub(in crate::sqs) fn id(&self) -> Uuid {
        Uuid((u128::from(self.id[0]) << 64) | u128::from(self.id[1]))
    }
}

/// 128 bits of hash: no two ids share it by chance.
pub(in crate::sqs) type Key = [u64; 2];

/// Sends of the last five minutes. Some that are older may still be here; nobody finds them.
///
/// Kept as two generations, so that forgetting costs nothing per message: a generation takes sends for five minutes and is dropped
/// when the next one is as old; an entry's own time decides whether it still counts.
#[derive(Debug, Default)]
pub(super) struct Sends {
    current: Generation,
    previous: Generation,
    started: Timestamp,
}

impl Sends {
    /// The send of this key, if there is one within the interval.
    pub(super) fn find(&self, now: Timestamp, key: &Key) -> Option<Original> {
        let original = self.current.find(key).or_else(|| self.previous.find(key))?;
        (original.at.plus_secs(INTERVAL_SECS) > now).then_some(*original)
    }

    /// Remembers a send.
    pub(super) fn remember(&mut self, now: Timestamp, key: Key, id: Uuid, position: u64) {
        if self.started.plus_secs(INTERVAL_SECS) <= now {
            // The next generation will be about as large, and then it need not grow.
            let next = Generation::with_capacity(self.current.sends.len());
            self.previous = std::mem::replace(&mut self.current, next);
            self.previous.shrink();
            self.started = now;
        }
        self.current.insert(key, Original { id: [high(id.0), high(id.0 << 64)], position, at: now });
    }
}

/// Sends by key. The table holds numbers of four bytes, not the sends, so that as much of it as possible stays in the cache.
#[derive(Debug, Default)]
struct Generation {
    sends: Vec<(Key, Original)>,
    /// Number of the last send of each key.
    numbers: HashTable<u32>,
}

impl Generation {
    fn with_capacity(sends: usize) -> Self {
        Self { sends: Vec::with_capacity(sends), numbers: HashTable::with_capacity(sends) }
    }

    /// Gives back the room for sends that were expected and did not come.
    fn shrink(&mut self) {
        let Self { sends, numbers } = self;
        if sends.len() < sends.capacity() / 2 {
            sends.shrink_to_fit();
            numbers.shrink_to_fit(|&number| hash(&sends[number as usize].0));
        }
    }

    fn find(&self, key: &Key) -> Option<&Original> {
        let number = self.numbers.find(hash(key), |&number| self.sends[number as usize].0 == *key)?;
        Some(&self.sends[*number as usize].1)
    }

    fn insert(&mut self, key: Key, original: Original) {
        let number = u32::try_from(self.sends.len()).expect("the sends of five minutes are fewer than 2^32");
        self.sends.push((key, original));
        let at = |number: u32| &self.sends[number as usize].0;
        match self.numbers.entry(hash(&key), |&number| *at(number) == key, |&number| hash(at(number))) {
            Entry::Occupied(mut old) => *old.get_mut() = number,
            Entry::Vacant(vacant) => {
                vacant.insert(number);
            }
        }
    }
}

/// Half of a key is a hash as good as any.
fn hash(key: &Key) -> u64 {
    key[0]
}

/// The upper half.
fn high(wide: u128) -> u64 {
    u64::try_from(wide >> 64).expect("64 bits are left")
}

#[cfg(test)]
mod tests {
    use super::{Key, Sends};
    use crate::{Timestamp, Uuid};

    fn id(sends: &Sends, now: u64, key: Key) -> Option<u128> {
        sends.find(Timestamp(now), &key).map(|original| original.id().0)
    }

    #[test]
    fn send_is_remembered_for_exactly_five_minutes() {
        let mut sends = Sends::default();
        for start in [0, 299_999, 300_000, 900_000] {
            let key = [start, 7];
            sends.remember(Timestamp(start), key, Uuid(1 << 64 | 1), 1);
            assert_eq!(id(&sends, start + 299_999, key), Some(1 << 64 | 1));
            assert_eq!(id(&sends, start + 300_000, key), None);
        }
    }

    /// Keys share a hash and come again when they are old.
    #[test]
    fn sends_are_found_as_by_looking_at_all_of_them() {
        let mut sends = Sends::default();
        let mut all: Vec<(u64, Key)> = Vec::new();
        for number in 0..3_000 {
            let now = number * 3_000;
            let key = [number * number % 11, number % 23];
            let known = all.iter().rposition(|&(at, old)| old == key && at + 300_000 > now);
            assert_eq!(id(&sends, now, key), known.map(|index| index as u128), "{number}");
            if known.is_none() {
                sends.remember(Timestamp(now), key, Uuid(all.len() as u128), 0);
                all.push((now, key));
            }
        }
        assert!((100..3_000).contains(&all.len()), "some are repeated and some are forgotten");
    }
}
