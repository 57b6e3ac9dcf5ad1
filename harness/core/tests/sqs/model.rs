//! Random histories against a model of what SQS promises: what each receive must return, from what was sent, received and deleted.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use redeliver_model::sqs::{Message, ReceiveMessageRequest};

use crate::account::{Account, attribute, bodies, receive};

/// Something that a client does.
#[derive(Debug, Clone)]
enum Act {
    Send { group: u8 },
    Receive { max: i32, hidden_secs: i32 },
    Delete { which: prop::sample::Index },
    Hide { which: prop::sample::Index, secs: i32 },
    Wait { milliseconds: u64 },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let index = any::<prop::sample::Index>;
    let act = prop_oneof![
        3 => (0..3_u8).prop_map(|group| Act::Send { group }),
        3 => (1..=10, 0..4).prop_map(|(max, hidden_secs)| Act::Receive { max, hidden_secs }),
        2 => index().prop_map(|which| Act::Delete { which }),
        1 => (index(), 0..6).prop_map(|(which, secs)| Act::Hide { which, secs }),
        2 => (1..3_000_u64).prop_map(|milliseconds| Act::Wait { milliseconds }),
    ];
    prop::collection::vec(act, 1..80)
}

/// A message as the model knows it.
#[derive(Debug)]
struct Known {
    body: String,
    group: u8,
    visible_at: u64,
    /// The last receive of it.
    last: Option<Message>,
    receives: u32,
}

/// An account with one queue, and what must be in it.
struct Twin {
    aws: Account,
    url: String,
    is_fifo: bool,
    now: u64,
    sent: usize,
    /// In the order in which they were sent.
    known: Vec<Known>,
}

impl Twin {
    fn new(is_fifo: bool) -> Self {
        let mut aws = Account::new();
        let url = aws.queue(if is_fifo { "q.fifo" } else { "q" }, &[]);
        Self { aws, url, is_fifo, now: 0, sent: 0, known: Vec::new() }
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Send { group } => self.send(*group),
            Act::Receive { max, hidden_secs } => self.receive(*max, *hidden_secs),
            Act::Delete { which } => self.delete(*which),
            Act::Hide { which, secs } => self.hide(*which, *secs),
            Act::Wait { milliseconds } => {
                self.now += milliseconds;
                self.aws.wait(*milliseconds);
            }
        }
        let visible = self.known.iter().filter(|known| known.visible_at <= self.now).count() as u64;
        assert_eq!(self.aws.counts(&self.url), [visible, self.known.len() as u64 - visible, 0]);
    }

    fn send(&mut self, group: u8) {
        self.sent += 1;
        let body = self.sent.to_string();
        if self.is_fifo {
            self.aws.send_to(&self.url, &group.to_string(), &body);
        } else {
            self.aws.send(&self.url, &body);
        }
        self.known.push(Known { body, group, visible_at: self.now, last: None, receives: 0 });
    }

    fn receive(&mut self, max: i32, hidden_secs: i32) {
        let available = self.available();
        let input = ReceiveMessageRequest {
            max_number_of_messages: Some(max),
            visibility_timeout: Some(hidden_secs),
            ..receive(&self.url)
        };
        let got = self.aws.try_receive(input).unwrap();
        let expected = usize::try_from(max).unwrap().min(available.values().map(Vec::len).sum());
        assert_eq!(got.len(), expected, "of {available:?}");
        let mut by_group: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for message in got {
            let known = self.known.iter_mut().find(|known| Some(&known.body) == message.body.as_ref()).unwrap();
            by_group.entry(known.group).or_default().push(known.body.clone());
            known.visible_at = self.now + u64::try_from(hidden_secs).unwrap() * 1_000;
            known.receives += 1;
            assert_eq!(attribute(&message, "ApproximateReceiveCount"), Some(known.receives.to_string()));
            known.last = Some(message);
        }
        for (group, bodies) in by_group {
            let available = &available[&group];
            if self.is_fifo {
                assert_eq!(
                    &bodies,
                    &available[..bodies.len()],
                    "a group is served in order, from its first message on"
                );
            } else {
                assert!(bodies.iter().all(|body| available.contains(body)));
            }
        }
    }

    /// What a receive may return, by group: of a FIFO group the messages before the first hidden one.
    fn available(&self) -> BTreeMap<u8, Vec<String>> {
        let mut available: BTreeMap<u8, (Vec<String>, bool)> = BTreeMap::new();
        for known in &self.known {
            let (bodies, blocked) = available.entry(known.group).or_default();
            let visible = known.visible_at <= self.now;
            *blocked |= self.is_fifo && !visible;
            if visible && !*blocked {
                bodies.push(known.body.clone());
            }
        }
        available.into_iter().map(|(group, (bodies, _))| (group, bodies)).collect()
    }

    fn delete(&mut self, which: prop::sample::Index) {
        let Some(at) = self.chosen(which) else { return };
        let message = self.known[at].last.clone().unwrap();
        let deleted = self.aws.delete(&self.url, &message).is_ok();
        assert_eq!(deleted, !self.is_fifo || self.known[at].visible_at > self.now, "FIFO handles expire");
        if deleted {
            self.known.remove(at);
        }
    }

    fn hide(&mut self, which: prop::sample::Index, secs: i32) {
        let Some(at) = self.chosen(which) else { return };
        let message = self.known[at].last.clone().unwrap();
        let known = &mut self.known[at];
        let changed = self.aws.hide(&self.url, &message, secs).is_ok();
        assert_eq!(changed, !self.is_fifo || known.visible_at > self.now, "a visible FIFO message cannot be hidden");
        if changed {
            known.visible_at = self.now + u64::try_from(secs).unwrap() * 1_000;
        }
    }

    /// One of the messages that were received.
    fn chosen(&self, which: prop::sample::Index) -> Option<usize> {
        let received: Vec<usize> = (0..self.known.len()).filter(|&at| self.known[at].last.is_some()).collect();
        (!received.is_empty()).then(|| *which.get(&received))
    }

    /// In the end everything that was not deleted comes once more.
    fn drain(mut self) {
        self.now += 100_000;
        self.aws.wait(100_000);
        let mut left: Vec<String> = self.known.iter().map(|known| known.body.clone()).collect();
        let mut got = Vec::new();
        loop {
            let messages = self.aws.receive(&self.url);
            if messages.is_empty() {
                break;
            }
            got.extend(bodies(&messages));
            for message in messages {
                self.aws.delete(&self.url, &message).unwrap();
            }
        }
        left.sort();
        got.sort();
        assert_eq!(got, left);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn every_receive_returns_what_the_model_of_a_standard_queue_says(acts in acts()) {
        let mut twin = Twin::new(false);
        for act in &acts {
            twin.act(act);
        }
        twin.drain();
    }

    #[test]
    fn every_receive_returns_what_the_model_of_a_fifo_queue_says(acts in acts()) {
        let mut twin = Twin::new(true);
        for act in &acts {
            twin.act(act);
        }
        twin.drain();
    }
}
