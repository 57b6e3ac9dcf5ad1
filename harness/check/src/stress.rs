//! The stress without which a history proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::traffic::{Outcome, Queue, Traffic};
use crate::{Expectation, KeyRule, Record, Scene};

/// Something that has to happen for a workload to mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stress {
    /// A message was delivered more than once.
    Redelivery,
    /// Two consumers got messages in turns or at the same time.
    ConcurrentConsumers,
    /// A message came out of the dead-letter queue.
    DeadLetter,
    /// Two sends had the same deduplication id.
    DuplicateSend,
}

impl Stress {
    /// All kinds of stress.
    pub const ALL: [Self; 4] = [Self::Redelivery, Self::ConcurrentConsumers, Self::DeadLetter, Self::DuplicateSend];

    /// Its name in specs and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Redelivery => "redelivery",
            Self::ConcurrentConsumers => "concurrent-consumers",
            Self::DeadLetter => "dead-letter",
            Self::DuplicateSend => "duplicate-send",
        }
    }

    /// The stress of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stress| stress.name() == name)
    }

    /// Whether it happened to the queue in `scene`.
    pub fn happened(self, history: &[Record], scene: &Scene) -> bool {
        let traffic = Traffic::of(history, &KeyRule::Usual);
        let expectation = Expectation::default();
        let queue = Queue::new(&traffic, &expectation, scene);
        let mut deliveries = queue.deliveries().map(|(_, delivery)| delivery);
        match self {
            Self::Redelivery => {
                let mut seen = BTreeSet::new();
                deliveries.any(|delivery| !seen.insert(delivery.message))
            }
            Self::ConcurrentConsumers => {
                // (first begin, last end) of each consumer that got messages: two of them overlap.
                let mut spans: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
                for delivery in deliveries {
                    let span = spans.entry(delivery.process).or_insert((delivery.span.begin, delivery.span.end));
                    *span = (span.0.min(delivery.span.begin), span.1.max(delivery.span.end));
                }
                let mut spans: Vec<_> = spans.into_values().collect();
                spans.sort_unstable();
                spans.windows(2).any(|pair| pair[1].0 < pair[0].1)
            }
            Self::DeadLetter => traffic.deliveries.iter().any(|delivery| queue.dead_letter == Some(delivery.queue)),
            Self::DuplicateSend => {
                let mut seen = BTreeSet::new();
                let (sends, _) = queue.deduplicated();
                let sends = sends.into_iter().filter(|(_, sent)| sent.outcome != Outcome::Refused);
                sends.map(|(id, _)| id).any(|id| !seen.insert(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stress;
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
