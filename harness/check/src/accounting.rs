//! How many messages were sent, received, recovered and lost.

use crate::traffic::{Outcome, Queue, Traffic};
use crate::{Expectation, Record};

/// What became of the messages of a run, as numbers. They are for reading: whether a number is a breach, the invariants say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accounting {
    /// Messages that were to be sent.
    pub attempted: usize,
    /// Sends that were acknowledged.
    pub acknowledged: usize,
    /// Sends that were refused.
    pub refused: usize,
    /// Sends that went without an answer.
    pub unanswered: usize,
    /// Messages that were received, each once.
    pub received: usize,
    /// Messages that were received though no acknowledged send explains them: sends without an answer that had their effect.
    pub recovered: usize,
    /// Deliveries beyond the first of each message.
    pub repeated: usize,
    /// Acknowledged messages that were never received.
    pub unseen: usize,
    /// Messages that are known to have gone to the dead-letter queue.
    pub dead_lettered: usize,
    /// Effects that consumers told.
    pub effects: usize,
}

impl Accounting {
    /// Counts a history.
    pub fn of(history: &[Record], expectation: &Expectation) -> Self {
        let traffic = Traffic::of(history, &expectation.key);
        let mut all = Self { effects: traffic.effects.len(), ..Self::default() };
        for sent in &traffic.sent {
            all.attempted += 1;
            match sent.outcome {
                Outcome::Done => all.acknowledged += 1,
                Outcome::Refused => all.refused += 1,
                Outcome::Unknown => all.unanswered += 1,
            }
        }
        let queues: Vec<_> = expectation.queues.iter().map(|scene| Queue::new(&traffic, expectation, scene)).collect();
        for (number, message) in traffic.messages.iter().enumerate() {
            let received = message.first.is_some();
            all.received += usize::from(received);
            all.recovered += usize::from(received && message.sent.is_none());
            all.unseen += usize::from(!received && message.sent.is_some());
            all.dead_lettered += usize::from(queues.iter().any(|queue| queue.dead_lettered(number)));
        }
        all.repeated = traffic.deliveries.len() - all.received;
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Accounting;
    use crate::story::{SCENE, Story};
    use crate::{Expectation, What};

    #[test]
    fn everything_is_counted_once() {
        let mut story = Story::new();
        story.send("a", None, None).send("b", None, None).send("c", None, None);
        let call = "sqs:SendMessage".to_owned();
        story.answer_last(What::Info { call, reason: "reset".to_owned() });
        story.receive(1, &["a"]).receive(1, &["a", "c"]).receive_dead(1, &["c"]).effect(1, "a", 1);
        let expected = Accounting {
            attempted: 3,
            acknowledged: 2,
            refused: 0,
            unanswered: 1,
            received: 2,
            recovered: 1,
            repeated: 2,
            unseen: 1,
            dead_lettered: 1,
            effects: 1,
        };
        assert_eq!(Accounting::of(story.records(), &Expectation::new(SCENE())), expected);
    }
}
