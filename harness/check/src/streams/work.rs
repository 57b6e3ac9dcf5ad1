//! When each record was handled.

use super::Streams;
use crate::Expectation;
use crate::mutation::mutated;
use crate::traffic::{HandlingEnd, Outcome, Traffic};

/// A record of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    pub(crate) at: usize,
    pub(crate) at_ms: u64,
}

/// What was done with records, by the number of the record.
#[derive(Debug)]
pub(crate) struct Work {
    /// Whether anything is told of it.
    pub(crate) is_told: bool,
    /// When the work on each record first began.
    pub(crate) begun: Vec<Option<Moment>>,
    /// When each was first done: its effect came, or a handler came to its end.
    pub(crate) done: Vec<Option<Moment>>,
    /// When each had its first effect that is certainly its own: others may have the same key.
    pub(crate) effect: Vec<Option<Moment>>,
    /// Which were put aside on purpose: their handler ended with a reason.
    pub(crate) put_aside: Vec<bool>,
}

fn earlier(one: &mut Option<Moment>, other: Moment) {
    *one = Some(one.map_or(other, |one| one.min(other)));
}

impl Work {
    pub(super) fn of<'a>(streams: &Streams<'a>, traffic: &Traffic<'a>, expectation: &Expectation) -> Self {
        let count = streams.records.len();
        let is_told = !traffic.effects.is_empty() || !traffic.handlings.is_empty();
        let mut work = Self {
            is_told: is_told || expectation.tells_effects || expectation.reads_are_effects,
            begun: vec![None; count],
            done: vec![None; count],
            effect: vec![None; count],
            put_aside: vec![false; count],
        };
        if is_told {
            work.effects(streams, traffic);
            work.handlings(streams, traffic);
        } else if expectation.reads_are_effects {
            for (number, record) in streams.records.iter().enumerate() {
                let read = record.got.map(|got| &streams.reads[streams.got[got].read]);
                if let Some(read) = read {
                    work.had_effect(number, Moment { at: read.span.end, at_ms: read.span.end_ms }, true);
                }
            }
        }
        work
    }

    fn had_effect(&mut self, record: usize, moment: Moment, is_own: bool) {
        if is_own {
            earlier(&mut self.begun[record], moment);
            earlier(&mut self.effect[record], moment);
        }
        earlier(&mut self.done[record], moment);
    }

    fn effects<'a>(&mut self, streams: &Streams<'a>, traffic: &Traffic<'a>) {
        // How many records have each key: the effect of a key that several have tells of none of them when its work began.
        let mut shared = vec![0_usize; streams.keys.len()];
        for record in &streams.records {
            shared[streams.payloads[record.payload].key] += 1;
        }
        let by_key: Vec<_> = (0..streams.keys.len()).map(|key| traffic.keys.find(streams.keys.text(key))).collect();
        for (number, record) in streams.records.iter().enumerate() {
            let key = streams.payloads[record.payload].key;
            let named = traffic.ids.find(record.number.text()).and_then(|id| traffic.messages[id].effect);
            let keyed = by_key[key].and_then(|key| traffic.first_effect(key));
            for (effect, is_own) in [(named, true), (keyed, shared[key] == 1)] {
                if let Some(effect) = effect.map(|effect| &traffic.effects[effect]) {
                    self.had_effect(number, Moment { at: effect.at, at_ms: effect.at_ms }, is_own);
                }
            }
        }
    }

    fn handlings<'a>(&mut self, streams: &Streams<'a>, traffic: &Traffic<'a>) {
        // Two streams may have given one number to records of theirs.
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); traffic.messages.len()];
        for (number, record) in streams.records.iter().enumerate() {
            if let Some(id) = traffic.ids.find(record.number.text()) {
                of[id].push(number);
            }
        }
        for handling in &traffic.handlings {
            let all = &of[handling.message];
            let is_of_key =
                |record: &&usize| handling.key.is_some_and(|key| traffic.keys.text(key) == streams.key(**record));
            let Some(&record) = all.iter().find(is_of_key).or(all.first()) else { continue };
            let span = handling.span;
            earlier(&mut self.begun[record], Moment { at: span.begin, at_ms: span.begin_ms });
            if let HandlingEnd::Completed(reason) = handling.end {
                earlier(&mut self.done[record], Moment { at: span.end, at_ms: span.end_ms });
                self.put_aside[record] |= reason.is_some() && !mutated("work: nothing is put aside");
            }
        }
    }
}

impl Streams<'_> {
    /// Acknowledged records, each with its first acknowledged put.
    pub(crate) fn acknowledged(&self) -> impl Iterator<Item = (usize, &super::Put)> {
        let done = |record: usize| self.put_of(record).filter(|put| put.outcome == Outcome::Done);
        (0..self.records.len()).filter_map(move |record| Some((record, done(record)?)))
    }
}
