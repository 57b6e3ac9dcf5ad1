//! The moments that matter: those of the violated key, its messages, the workers that had them, and the faults.

use std::collections::BTreeSet;

use super::Told;
use super::family::Family;
use super::focus::focus;
use super::read::{Kind, Message, Moment, Reading};
use super::wrong::{Wrong, find_wrong};

/// Most faults that are shown though they have nothing to do with the key: a minimal schedule has one or two.
const FAULTS_MAX: usize = 8;

/// Most places of readers and changes of shards that are shown though they name no key: a longer run is read on its page.
const PLACES_MAX: usize = 40;

/// What a story is made of.
#[derive(Debug)]
pub(crate) struct Slice<'a> {
    /// The moments that matter, in order of time.
    pub(crate) moments: Vec<&'a Moment>,
    /// Messages that they are about.
    pub(crate) messages: BTreeSet<usize>,
    /// What went wrong first.
    pub(crate) wrong: Wrong,
}

impl<'a> Slice<'a> {
    /// Of what a failure tells, and what its history means.
    pub(crate) fn of(told: &Told, reading: &'a Reading) -> Self {
        let focus = focus(told, reading);
        let keys: BTreeSet<&str> = focus.iter().map(String::as_str).collect();
        let mut messages = messages(told, reading, &keys);
        // Effects name keys, not messages.
        let known: BTreeSet<&str> =
            messages.iter().filter_map(|message| reading.messages.get(*message).key.as_deref()).collect();
        let about = |moment: &Moment, messages: &BTreeSet<usize>| {
            moment.message.is_some_and(|message| messages.contains(&message))
                || moment.key.as_deref().is_some_and(|key| keys.contains(key) || known.contains(key))
                || Some(moment.record) == told.wrong
                || (keys.is_empty() && is_lively(moment))
        };
        // What the wrong record is about is part of the story even when the checker names no key.
        messages.extend(
            reading
                .moments
                .iter()
                .filter(|moment| Some(moment.record) == told.wrong)
                .filter_map(|moment| moment.message),
        );
        let workers: BTreeSet<u32> = reading
            .moments
            .iter()
            .filter(|moment| about(moment, &messages))
            .filter_map(|moment| moment.process)
            .collect();
        let few_places = reading.moments.iter().filter(|moment| moment.kind == Kind::Place).count() <= PLACES_MAX;
        let few_faults = reading.moments.iter().filter(|moment| !moment.faults.is_empty()).count() <= FAULTS_MAX;
        let matters = |moment: &&Moment| {
            about(moment, &messages)
                || (few_faults && !moment.faults.is_empty())
                || (few_places
                    && moment.kind == Kind::Place
                    && moment.process.is_none_or(|process| process == 0 || workers.contains(&process)))
                || (moment.kind == Kind::Life && moment.process.is_some_and(|process| workers.contains(&process)))
        };
        let moments: Vec<_> = reading.moments.iter().filter(matters).collect();
        let moments = without_quiet_ends(moments);
        let wrong = find_wrong(told, reading, &moments);
        Self { moments, messages, wrong }
    }
}

/// Messages of the keys. A key may name a message group; where order is what broke, the rest of a message's group is needed to see it.
fn messages(told: &Told, reading: &Reading, keys: &BTreeSet<&str>) -> BTreeSet<usize> {
    let has_key = |message: &Message| message.key.as_deref().is_some_and(|key| keys.contains(key));
    let mut groups = keys.clone();
    if matches!(Family::of(&told.property), Family::Order | Family::Backend) {
        let own = reading.messages.iter().filter(|(_, message)| has_key(message));
        groups.extend(own.filter_map(|(_, message)| message.group.as_deref()));
    }
    let in_group = |message: &Message| message.group.as_deref().is_some_and(|group| groups.contains(group));
    let all = reading.messages.iter();
    all.filter(|(_, message)| has_key(message) || in_group(message)).map(|(index, _)| index).collect()
}

/// What is told when no key says what matters.
fn is_lively(moment: &Moment) -> bool {
    let end_of_run = moment.kind == Kind::Receive && moment.message.is_none() && moment.faults.is_empty();
    (moment.trouble && !end_of_run) || matches!(moment.kind, Kind::Effect | Kind::Life | Kind::Delete)
}

/// Leaves out the ends of leases after which nothing happens to the message: the consumer had forgotten it, or the run was over.
fn without_quiet_ends(moments: Vec<&Moment>) -> Vec<&Moment> {
    let mut later: BTreeSet<Option<usize>> = BTreeSet::new();
    let mut kept: Vec<_> = moments
        .into_iter()
        .rev()
        .filter(|moment| {
            let quiet = moment.kind == Kind::LeaseEnd && !later.contains(&moment.message);
            if !quiet {
                later.insert(moment.message);
            }
            !quiet
        })
        .collect();
    kept.reverse();
    kept
}
