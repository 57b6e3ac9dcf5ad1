//! One queue of a history, as checkers see it.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::{Delivery, Effect, HandlingEnd, Sent, Traffic, place};
use crate::mutation::mutated;
use crate::{Expectation, Scene};

/// A queue, its traffic, and what is expected of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Queue<'t, 'a> {
    pub(crate) traffic: &'t Traffic<'a>,
    pub(crate) expectation: &'t Expectation,
    pub(crate) scene: &'t Scene,
    /// Number of its name; `None` when the history has no call to it.
    pub(crate) number: Option<usize>,
    /// Number of its dead-letter queue's name.
    pub(crate) dead_letter: Option<usize>,
}

impl<'t, 'a> Queue<'t, 'a> {
    pub(crate) fn new(traffic: &'t Traffic<'a>, expectation: &'t Expectation, scene: &'t Scene) -> Self {
        let number = traffic.queues.find(place(&scene.queue));
        let dead_letter = scene.dead_letter.as_ref().and_then(|url| traffic.queues.find(place(url)));
        Self { traffic, expectation, scene, number, dead_letter }
    }

    /// Every send to it, whatever came of it, each with its number.
    pub(crate) fn attempts(self) -> impl Iterator<Item = (usize, &'t Sent<'a>)> + Clone {
        self.traffic.sent.iter().enumerate().filter(move |(_, sent)| Some(sent.queue) == self.number)
    }

    /// The acknowledged sends to it, each with the message that it became.
    pub(crate) fn sent(self) -> impl Iterator<Item = (usize, &'t Sent<'a>)> + Clone {
        self.attempts().filter_map(|(_, sent)| sent.message.map(|message| (message, sent)))
    }

    /// The first acknowledged send of each message: duplicates may be answered with the original's id.
    pub(crate) fn first_sends(self) -> impl Iterator<Item = (usize, &'t Sent<'a>)> + Clone {
        self.attempts().filter_map(move |(number, sent)| {
            sent.message
                .filter(|&message| self.traffic.messages[message].sent == Some(number))
                .map(|message| (message, sent))
        })
    }

    /// The deliveries from it, each with its number.
    pub(crate) fn deliveries(self) -> impl Iterator<Item = (usize, &'t Delivery<'a>)> + Clone {
        let all = self.traffic.deliveries.iter().enumerate();
        all.filter(move |(_, delivery)| Some(delivery.queue) == self.number)
    }

    /// The deliveries of a message, from whatever queue.
    pub(crate) fn deliveries_of(self, message: usize) -> impl Iterator<Item = &'t Delivery<'a>> {
        let all = &self.traffic.deliveries;
        std::iter::successors(self.traffic.messages[message].first, |&at| all[at].next).map(|at| &all[at])
    }

    /// The next delivery of the same message from this queue.
    pub(crate) fn next(self, delivery: &Delivery<'a>) -> Option<&'t Delivery<'a>> {
        let all = &self.traffic.deliveries;
        std::iter::successors(delivery.next, |&at| all[at].next)
            .map(|at| &all[at])
            .find(|next| next.queue == delivery.queue)
    }

    /// Whether the history shows that the message went to the dead-letter queue.
    pub(crate) fn dead_lettered(self, message: usize) -> bool {
        if mutated("queue: dead letters are not seen") {
            return false;
        }
        let told = self.traffic.messages[message].dead_lettered && self.is_ours(message);
        told || self.dead_delivery(message).is_some()
    }

    /// Whether the message may have been sent to this queue: another may have the same dead-letter queue, or it was sent there directly.
    fn is_ours(self, message: usize) -> bool {
        let sent = self.traffic.messages[message].sent;
        sent.is_none_or(|sent| Some(self.traffic.sent[sent].queue) == self.number)
    }

    /// The first delivery of the message from the dead-letter queue.
    pub(crate) fn dead_delivery(self, message: usize) -> Option<&'t Delivery<'a>> {
        let dead_letter = self.dead_letter.filter(|_| self.is_ours(message))?;
        self.deliveries_of(message).find(|delivery| delivery.queue == dead_letter)
    }

    /// Whether the history could show what went to the dead-letter queue.
    pub(crate) fn shows_dead_letters(self) -> bool {
        self.traffic.tells_events
            || self.dead_letter.is_some_and(|dead| self.traffic.receives.iter().any(|receive| receive.queue == dead))
    }

    /// The first effect that the message had.
    pub(crate) fn effect(self, message: usize) -> Option<&'t Effect<'a>> {
        let one = &self.traffic.messages[message];
        let by_key = one.key.and_then(|key| self.traffic.first_effect(key));
        let first = [one.effect, by_key].into_iter().flatten().min();
        first.map(|effect| &self.traffic.effects[effect])
    }

    /// Whether the message cannot be handled by any consumer.
    pub(crate) fn poisonous(self, message: usize) -> bool {
        let key = self.traffic.messages[message].key.map(|key| self.traffic.keys.text(key));
        key.is_some_and(|key| self.expectation.poison.contains(key))
    }

    /// For each message whether its handler put it aside on purpose: it ended with a reason.
    pub(crate) fn put_aside(self) -> Vec<bool> {
        let mut put_aside = vec![false; self.traffic.messages.len()];
        for handling in &self.traffic.handlings {
            put_aside[handling.message] |=
                matches!(handling.end, HandlingEnd::Completed(Some(_))) && !mutated("queue: nothing is put aside");
        }
        put_aside
    }

    /// The sends to it that have deduplication ids, each with a number that those share whose ids count against each other; and
    /// how many numbers there are.
    pub(crate) fn deduplicated(self) -> (Vec<(usize, &'t Sent<'a>)>, usize) {
        let ids = self.traffic.deduplications.len();
        let own = self.attempts().filter_map(|(_, sent)| sent.deduplication.map(|id| (id, sent)));
        if !self.scene.deduplication_per_group {
            return (own.collect(), ids);
        }
        let mut pairs: IndexSet<(usize, Option<usize>), FxBuildHasher> = IndexSet::default();
        let numbered: Vec<_> = own.map(|(id, sent)| (pairs.insert_full((id, sent.group)).0, sent)).collect();
        (numbered, pairs.len())
    }

    /// Tells of a send whether one with the same deduplication id became a message that was received.
    pub(crate) fn repeated(self) -> impl Fn(&Sent<'_>) -> bool {
        let (sends, count) = self.deduplicated();
        let mut received = vec![false; count];
        let mut numbers = vec![usize::MAX; self.traffic.sent.len()];
        for (number, sent) in &sends {
            numbers[sent.number] = *number;
            received[*number] |= sent.message.is_some_and(|message| self.traffic.messages[message].first.is_some());
        }
        move |sent| received.get(numbers[sent.number]).copied().unwrap_or(false)
    }

    /// Whether the queue was purged or deleted.
    pub(crate) fn emptied(self) -> bool {
        self.number.is_some_and(|number| self.traffic.emptied.contains(&number))
    }

    /// Whether nothing can be said of effects, because none are told.
    pub(crate) fn lacks_effects(self) -> bool {
        self.traffic.effects.is_empty() && !self.expectation.tells_effects
    }

    /// A message in words.
    pub(crate) fn shown(self, message: usize) -> String {
        format!("message {} `{}`", self.traffic.ids.text(message), self.traffic.messages[message].body)
    }
}
