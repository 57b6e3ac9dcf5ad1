//! The stress without which a history proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::traffic::{Outcome, Queue, Span, Traffic};
use crate::{CheckpointEnd, Expectation, KeyRule, LeaseState, Record, Scene};

/// Something that has to happen for a workload to mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stress {
    /// A message or a record was delivered more than once.
    Redelivery,
    /// Two consumers got messages in turns or at the same time.
    ConcurrentConsumers,
    /// A message came out of the dead-letter queue.
    DeadLetter,
    /// Two sends had the same deduplication id, or two puts the same data and partition key.
    DuplicateSend,
    /// Records were read from a shard and from one that came of it.
    Resharding,
    /// A put or a read of a stream was refused, in whole or in part, because of a limit of throughput.
    Throttling,
    /// A reader of a shard used an iterator that had expired.
    ExpiredIterator,
    /// A read of a shard came back empty, though there was more.
    EmptyRead,
    /// A worker took the lease of a shard that another had.
    LeaseTaken,
    /// A checkpoint was refused, or its reply was lost.
    CheckpointFailed,
}

impl Stress {
    /// All kinds of stress.
    pub const ALL: [Self; 10] = [
        Self::Redelivery,
        Self::ConcurrentConsumers,
        Self::DeadLetter,
        Self::DuplicateSend,
        Self::Resharding,
        Self::Throttling,
        Self::ExpiredIterator,
        Self::EmptyRead,
        Self::LeaseTaken,
        Self::CheckpointFailed,
    ];

    /// Its name in specs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Redelivery => "redelivery",
            Self::ConcurrentConsumers => "concurrent-consumers",
            Self::DeadLetter => "dead-letter",
            Self::DuplicateSend => "duplicate-send",
            Self::Resharding => "resharding",
            Self::Throttling => "throttling",
            Self::ExpiredIterator => "expired-iterator",
            Self::EmptyRead => "empty-read",
            Self::LeaseTaken => "lease-taken",
            Self::CheckpointFailed => "checkpoint-failed",
        }
    }

    /// The stress of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stress| stress.name() == name)
    }

    /// Whether it happened to the queue in `scene`, or to a stream.
    pub fn happened(self, history: &[Record], scene: &Scene) -> bool {
        let traffic = Traffic::of(history, &KeyRule::Usual);
        self.to_queue(&traffic, scene) || self.to_streams(&traffic)
    }

    /// Whether it happened to a stream.
    pub fn happened_to_streams(self, history: &[Record]) -> bool {
        self.to_streams(&Traffic::of(history, &KeyRule::Usual))
    }

    fn to_queue(self, traffic: &Traffic<'_>, scene: &Scene) -> bool {
        let expectation = Expectation::default();
        let queue = Queue::new(traffic, &expectation, scene);
        let mut deliveries = queue.deliveries().map(|(_, delivery)| delivery);
        match self {
            Self::Redelivery => {
                let mut seen = BTreeSet::new();
                deliveries.any(|delivery| !seen.insert(delivery.message))
            }
            Self::ConcurrentConsumers => overlap(deliveries.map(|delivery| (delivery.process, delivery.span))),
            Self::DeadLetter => traffic.deliveries.iter().any(|delivery| queue.dead_letter == Some(delivery.queue)),
            Self::DuplicateSend => {
                let mut seen = BTreeSet::new();
                let (sends, _) = queue.deduplicated();
                let sends = sends.into_iter().filter(|(_, sent)| sent.outcome != Outcome::Refused);
                sends.map(|(id, _)| id).any(|id| !seen.insert(id))
            }
            _ => false,
        }
    }

    fn to_streams(self, traffic: &Traffic<'_>) -> bool {
        let streams = traffic.streams();
        match self {
            Self::Redelivery => {
                let mut seen = BTreeSet::new();
                streams.got.iter().any(|got| !seen.insert(got.record))
            }
            Self::ConcurrentConsumers => {
                let reads = streams.reads.iter().filter(|read| !read.got.is_empty() && read.process != 0);
                overlap(reads.map(|read| (read.process, read.span)))
            }
            Self::DuplicateSend => {
                let mut seen = BTreeSet::new();
                let puts = streams.puts.iter().filter(|put| put.outcome != Outcome::Refused);
                puts.map(|put| put.payload).any(|payload| !seen.insert(payload))
            }
            Self::Resharding => {
                let mut read = vec![false; streams.shards.len()];
                for got in &streams.got {
                    read[streams.records[got.record].shard] = true;
                }
                let mut shards = streams.shards.iter().zip(&read);
                shards.any(|(shard, is_read)| *is_read && shard.parents.iter().any(|parent| read[*parent]))
            }
            Self::Throttling => traffic.refused.iter().any(|(_, code)| THROTTLED.contains(code)) || streams.throttled,
            Self::ExpiredIterator => traffic.refused.iter().any(|(_, code)| *code == "ExpiredIteratorException"),
            Self::EmptyRead => streams.reads.iter().any(|read| read.got.is_empty() && !read.at_tip),
            Self::LeaseTaken => {
                let mut owners = BTreeMap::new();
                let taken = traffic.lease_notes.iter().filter(|lease| lease.state == LeaseState::Taken);
                let mut before =
                    taken.map(|lease| (owners.insert((lease.stream, lease.shard), lease.owner), lease.owner));
                before.any(|(before, owner)| before.is_some_and(|before| before != owner))
            }
            Self::CheckpointFailed => {
                traffic.checkpoint_notes.iter().any(|note| note.outcome != CheckpointEnd::Accepted)
            }
            Self::DeadLetter => false,
        }
    }
}

/// Codes of calls of Kinesis that are refused because of a limit of throughput.
const THROTTLED: [&str; 2] = ["ProvisionedThroughputExceededException", "KMSThrottlingException"];

/// Whether two consumers got something in turns or at the same time: from the first to the last call of each.
fn overlap(calls: impl Iterator<Item = (u32, Span)>) -> bool {
    let mut spans: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (process, span) in calls {
        let all = spans.entry(process).or_insert((span.begin, span.end));
        *all = (all.0.min(span.begin), all.1.max(span.end));
    }
    let mut spans: Vec<_> = spans.into_values().collect();
    spans.sort_unstable();
    spans.windows(2).any(|pair| pair[1].0 < pair[0].1)
}

#[cfg(test)]
mod tests {
    use super::Stress;
    use crate::CheckpointEnd;
    use crate::LeaseState::Taken;
    use crate::story::{SCENE, Story};

    fn happened(story: &Story) -> Vec<&'static str> {
        let all = Stress::ALL.into_iter().filter(|stress| stress.happened(story.records(), &SCENE()));
        all.map(Stress::name).collect()
    }

    #[test]
    fn quiet_history_has_no_stress() {
        let mut story = Story::new();
        story.send("a", None, None).send("b", None, None).receive(1, &["a"]).receive(2, &["b"]);
        assert_eq!(happened(&story), Vec::<&str>::new());
    }

    fn happened_to_streams(story: &Story) -> Vec<&'static str> {
        let all = Stress::ALL.into_iter().filter(|stress| stress.happened_to_streams(story.records()));
        all.map(Stress::name).collect()
    }

    #[test]
    fn each_stress_of_readers_is_noticed() {
        let mut story = Story::new();
        story.put("k", "a", 0, 1).put("k", "b", 1, 2).iterate(1, 0, "TRIM_HORIZON", None).get(1, 0, &[1]);
        assert_eq!(happened_to_streams(&story), Vec::<&str>::new());
        story.iterate(2, 0, "TRIM_HORIZON", None).get(2, 0, &[1]).get(1, 0, &[]).with("MillisBehindLatest", 5.into());
        assert_eq!(happened_to_streams(&story), ["redelivery", "empty-read"]);
        story.told_opened(1, &[0]).iterate(1, 1, "TRIM_HORIZON", None).get(1, 1, &[2]).get(1, 1, &[]);
        story.refused_with("ExpiredIteratorException").iterate(2, 1, "LATEST", None);
        assert_eq!(
            happened_to_streams(&story),
            ["redelivery", "concurrent-consumers", "resharding", "expired-iterator", "empty-read"]
        );
    }

    #[test]
    fn each_stress_of_producers_and_leases_is_noticed() {
        let mut story = Story::new();
        story
            .put("k", "a", 0, 1)
            .put("l", "a", 0, 2)
            .lease(1, 0, 1, Taken)
            .lease(2, 1, 1, Taken)
            .checkpoint(1, 0, 1, "1");
        assert_eq!(happened_to_streams(&story), Vec::<&str>::new());
        story.put("k", "a", 0, 3).put_all(1, &[("k", "b", None)]).lease(2, 0, 2, Taken);
        assert_eq!(happened_to_streams(&story), ["duplicate-send", "throttling", "lease-taken"]);
        story.checkpoint_as(1, 0, 1, ("2", CheckpointEnd::Refused));
        assert_eq!(happened_to_streams(&story), ["duplicate-send", "throttling", "lease-taken", "checkpoint-failed"]);
    }

    #[test]
    fn each_stress_is_noticed() {
        let mut story = Story::new();
        story.send("a", Some("g"), Some("d")).send("a", Some("g"), Some("d")).send("b", Some("g"), Some("e"));
        assert_eq!(happened(&story), ["duplicate-send"]);
        story.receive(1, &["a"]).receive(2, &["b"]).receive(1, &["a"]);
        assert_eq!(happened(&story), ["redelivery", "concurrent-consumers", "duplicate-send"]);
        story.receive_dead(1, &["a"]);
        assert_eq!(happened(&story), ["redelivery", "concurrent-consumers", "dead-letter", "duplicate-send"]);
    }
}
