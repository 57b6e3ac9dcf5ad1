//! The first wrong event of a story.

use std::collections::{BTreeMap, BTreeSet};

use super::Told;
use super::family::Family;
use super::read::{Kind, Moment, Reading};
use super::words::{cut, foreign};

/// Most characters of what the checker says that are repeated at the end.
const SAID_MAX: usize = 64;

/// The first wrong event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The moment at this place of the slice.
    At(usize),
    /// Nothing did: there is only a history.
    Nothing,
    /// Something that never happened, in words.
    Missing(String),
}

/// Where the checker says it is, else where the property's family would see it, else at the end.
pub(crate) fn find_wrong(told: &Told, reading: &Reading, moments: &[&Moment]) -> Wrong {
    let told_at = told.wrong.and_then(|record| moments.iter().position(|moment| moment.record == record));
    let family = Family::of(&told.property);
    let found = told_at.or_else(|| match family {
        Family::Twice => second_effect(moments),
        Family::Overlap => overlap(reading, moments).or_else(|| second_effect(moments)),
        Family::Lost => unearned_end(moments),
        Family::Order => overtaking(reading, moments),
        Family::Stuck | Family::Account | Family::Backend | Family::Other => None,
    });
    found.map_or_else(|| Wrong::Missing(missing(told, family)), Wrong::At)
}

/// What is said at the end when no single event is wrong.
fn missing(told: &Told, family: Family) -> String {
    match (family, told.keys.first()) {
        (Family::Lost, Some(key)) => format!("the run ends: no effect for {}", foreign(key)),
        (Family::Twice, _) => "the run ends: its effects are not those of the calm run".to_owned(),
        _ if told.headline.is_empty() => "the run ends".to_owned(),
        _ => format!("the run ends: {}", cut(&told.headline, SAID_MAX)),
    }
}

/// The first effect for a key that had one.
fn second_effect(moments: &[&Moment]) -> Option<usize> {
    let mut seen = BTreeSet::new();
    moments.iter().position(|moment| moment.kind == Kind::Effect && !seen.insert(moment.key.as_deref()))
}

/// The first effect of a message that is followed by the effect of an older one.
fn overtaking(reading: &Reading, moments: &[&Moment]) -> Option<usize> {
    let mut age: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, message) in reading.messages.iter() {
        if let Some(key) = &message.key {
            age.entry(key).or_insert(index);
        }
    }
    let mut oldest = usize::MAX;
    let mut found = None;
    for (at, moment) in moments.iter().enumerate().rev().filter(|(_, moment)| moment.kind == Kind::Effect) {
        let Some(age) = moment.key.as_deref().and_then(|key| age.get(key)) else { continue };
        if *age > oldest {
            found = Some(at);
        }
        oldest = oldest.min(*age);
    }
    found
}

/// The first handler that starts while another one has the same key.
fn overlap(reading: &Reading, moments: &[&Moment]) -> Option<usize> {
    let key = |message: usize| (reading.messages.get(message).key.as_deref(), message);
    moments.iter().position(|moment| {
        let started = reading.handlings.iter().find(|handling| handling.record == moment.record);
        started.is_some_and(|started| {
            reading.handlings.iter().take_while(|other| other.record < started.record).any(|other| {
                let same = match (key(other.message), key(started.message)) {
                    ((Some(one), _), (Some(another), _)) => one == another,
                    ((_, one), (_, another)) => one == another,
                };
                same && other.until_ms > started.from_ms
            })
        })
    })
}

/// Where a message went for good without an effect before.
fn unearned_end(moments: &[&Moment]) -> Option<usize> {
    if moments.iter().any(|moment| moment.kind == Kind::Effect) {
        return None;
    }
    moments.iter().position(|moment| matches!(moment.kind, Kind::Delete | Kind::Event) && !moment.futile)
}
