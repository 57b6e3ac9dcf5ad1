//! The oracle that answers as AWS was seen to.

use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::{Change, Oracle, Poll};

/// Shards of a standard queue. With as many, about a third of all pairs of messages come in the wrong order, as in a trace of AWS:
/// 100 sends received as 10, 10, 4, 4, 10, 7, 10, 10, 10, 10, 3, 7, 5, with 1,809 of 4,950 pairs inverted.
/// <https://github.com/wcharczuk/sqslite>
const SHARDS: u16 = 8;
/// Of a hundred receives, how many are full if they can be.
const FULL_PERCENT: u64 = 55;
/// Seconds within which most changes settle; AWS says up to 60.
const SETTLING_SECS_MAX: u64 = 5;
/// Of a hundred reads of a shard, how many give nothing, and how many give less than there is. AWS says that both happen, not how often.
/// <https://docs.aws.amazon.com/streams/latest/dev/troubleshooting-consumers.html>
const EMPTY_PERCENT: u64 = 15;
const CUT_PERCENT: u64 = 20;
/// Time without producers after which counters are exact.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>
const QUIET: Duration = Duration::from_mins(1);

/// Answers as AWS was seen to: messages of standard queues are sharded and come out of order and in partial batches, short polls miss
/// some, counters lag, changes take seconds; reads of shards come back empty or cut though there is more. All of it is legal, and nothing is lost.
///
/// Each question draws from a stream of its own, so that one more question of a kind changes no answer of another kind.
#[derive(Debug, Clone)]
pub struct Lifelike {
    duplicates_per_mille: u32,
    resurrections_per_mille: u32,
    place: Stream,
    ask: Stream,
    batch: Stream,
    duplicate: Stream,
    resurrect: Stream,
    counter: Stream,
    settling: Stream,
    move_rate: Stream,
    transition: Stream,
    read: Stream,
}

impl Lifelike {
    /// The answers of this seed.
    pub fn new(seed: u64) -> Self {
        let stream = |name| Stream::new(seed, name);
        Self {
            duplicates_per_mille: 0,
            resurrections_per_mille: 0,
            place: stream(1),
            ask: stream(2),
            batch: stream(3),
            duplicate: stream(4),
            resurrect: stream(5),
            counter: stream(6),
            settling: stream(7),
            move_rate: stream(8),
            transition: stream(9),
            read: stream(10),
        }
    }

    /// Lets so many of a thousand messages that standard queues hand out stay visible to others; none unless set.
    #[must_use]
    pub fn with_duplicates(self, per_mille: u32) -> Self {
        Self { duplicates_per_mille: per_mille, ..self }
    }

    /// Lets so many of a thousand messages that are deleted from standard queues come back once; none unless set.
    #[must_use]
    pub fn with_resurrections(self, per_mille: u32) -> Self {
        Self { resurrections_per_mille: per_mille, ..self }
    }
}

impl Oracle for Lifelike {
    fn shards(&mut self) -> u16 {
        SHARDS
    }

    fn place(&mut self, shards: u16) -> u16 {
        self.place.shard(shards)
    }

    fn ask(&mut self, poll: Poll, shards: u16, asked: &mut Vec<u16>) {
        asked.extend(0..shards);
        for last in (1..shards).rev() {
            let other = self.ask.shard(last + 1);
            asked.swap(usize::from(last), usize::from(other));
        }
        // Drawn for long polls too, so that the kind of one poll changes nothing for the next.
        let sample = shards.div_ceil(2) + self.ask.shard(shards / 2 + 1);
        if poll == Poll::Short {
            asked.truncate(usize::from(sample));
        }
    }

    fn batch(&mut self, available: usize) -> usize {
        let available = available as u64;
        let is_full = self.batch.below(100) < FULL_PERCENT;
        let least = available.div_ceil(3).max(1);
        let partial = least + self.batch.below(available.saturating_sub(least) + 1);
        usize::try_from(if is_full { available } else { partial }).expect("at most `available`")
    }

    fn duplicate(&mut self) -> bool {
        self.duplicate.below(1_000) < self.duplicates_per_mille.into()
    }

    fn resurrect(&mut self) -> bool {
        self.resurrect.below(1_000) < self.resurrections_per_mille.into()
    }

    fn counter(&mut self, exact: u64, quiet: Duration) -> u64 {
        let unsettled = QUIET.saturating_sub(quiet).as_secs();
        // Off by a third at most just after a change, and by less the longer the queue is quiet.
        let off_max = (exact / 3 + 1) * unsettled / QUIET.as_secs();
        let off = self.counter.below(2 * off_max + 1);
        (exact + off).saturating_sub(off_max)
    }

    fn settling(&mut self, change: Change) -> Duration {
        let short = Duration::from_millis(self.settling.below(SETTLING_SECS_MAX * 1_000 + 1));
        match change {
            Change::QueueAttributes | Change::QueueDeletion | Change::Purge => short,
            Change::DeduplicationScope => Duration::from_mins(1).saturating_sub(short),
        }
    }

    fn transition(&mut self, planned: Duration) -> Duration {
        // From a quarter of the time to four times as long: AWS promises no time, and clients have to look.
        let quarters = 1 + self.transition.below(16);
        planned * u32::try_from(quarters).expect("at most 16") / 4
    }

    fn read(&mut self, available: usize) -> usize {
        let (kind, share) = (self.read.below(100), self.read.below(1 << 32));
        if kind < EMPTY_PERCENT {
            0
        } else if kind < EMPTY_PERCENT + CUT_PERCENT {
            let part = (u128::from(share) * (available as u128)) >> 32;
            usize::try_from(part).expect("at most `available`")
        } else {
            available
        }
    }

    fn move_rate(&mut self) -> u32 {
        let rate = 50 + self.move_rate.below(451);
        u32::try_from(rate).expect("at most 500")
    }
}

/// Random numbers for one kind of question.
#[derive(Debug, Clone)]
struct Stream(ChaCha8Rng);

impl Stream {
    fn new(seed: u64, name: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(name);
        Self(random)
    }

    /// A number below `end`, which is not 0. The bias of a remainder is far below what anybody could measure here.
    fn below(&mut self, end: u64) -> u64 {
        self.0.next_u64() % end
    }

    fn shard(&mut self, end: u16) -> u16 {
        u16::try_from(self.below(end.into())).expect("below a u16")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Lifelike;
    use crate::{Change, Oracle, Poll};

    fn asked(oracle: &mut Lifelike, poll: Poll) -> Vec<u16> {
        let mut asked = Vec::new();
        oracle.ask(poll, 8, &mut asked);
        asked
    }

    #[test]
    fn long_polls_ask_all_shards_and_short_polls_a_sample() {
        let mut oracle = Lifelike::new(1);
        let mut sizes = [0; 9];
        for _ in 0..1_000 {
            let mut long = asked(&mut oracle, Poll::Long);
            long.sort_unstable();
            assert_eq!(long, [0, 1, 2, 3, 4, 5, 6, 7]);
            let mut short = asked(&mut oracle, Poll::Short);
            sizes[short.len()] += 1;
            short.sort_unstable();
            short.dedup();
            assert!(short.iter().all(|&shard| shard < 8));
        }
        let seen: Vec<usize> = (0..9).filter(|&size| sizes[size] > 0).collect();
        assert_eq!(seen, [4, 5, 6, 7, 8]);
    }

    #[test]
    fn same_seed_gives_the_same_answers_and_kinds_of_questions_do_not_disturb_each_other() {
        let [mut one, mut two] = [Lifelike::new(9), Lifelike::new(9)];
        two.counter(100, Duration::ZERO);
        two.settling(Change::Purge);
        let answers =
            |oracle: &mut Lifelike| (asked(oracle, Poll::Long), oracle.place(8), oracle.batch(10), oracle.move_rate());
        assert_eq!(answers(&mut one), answers(&mut two));
        assert_ne!(answers(&mut one), answers(&mut Lifelike::new(10)));
    }

    #[test]
    fn answers_stay_within_what_is_legal() {
        let mut oracle = Lifelike::new(3);
        for available in (1..=10).cycle().take(1_000) {
            assert!((1..=available).contains(&oracle.batch(available)));
            assert!((1..=500).contains(&oracle.move_rate()));
            assert!(oracle.settling(Change::Purge) <= Duration::from_mins(1));
            assert!(oracle.settling(Change::DeduplicationScope) <= Duration::from_mins(1));
        }
        assert!(!oracle.duplicate() && !oracle.resurrect());
        let reads: Vec<_> = (0..1_000).map(|_| oracle.read(100)).collect();
        assert!(reads.iter().all(|&records| records <= 100));
        let count = |is: fn(&usize) -> bool| reads.iter().filter(|records| is(records)).count();
        assert!(count(|&records| records == 0) > 50 && count(|&records| (1..100).contains(&records)) > 50);
        assert!(count(|&records| records == 100) > 500);
        let second = Duration::from_secs(1);
        let times: Vec<_> = (0..1_000).map(|_| oracle.transition(second)).collect();
        assert!(times.iter().all(|time| (second / 4..=second * 4).contains(time)));
        assert!(times.contains(&(second / 4)) && times.contains(&(second * 4)));
    }

    #[test]
    fn counters_are_off_at_first_and_exact_after_a_quiet_minute() {
        let mut oracle = Lifelike::new(4);
        let mut all = |quiet| (0..100).map(|_| oracle.counter(90, Duration::from_secs(quiet))).collect::<Vec<_>>();
        assert!(all(0).iter().any(|&count| count != 90));
        assert!(all(60).iter().all(|&count| count == 90));
    }
}
