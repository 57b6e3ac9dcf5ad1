//! All moments of a history.

use std::collections::BTreeMap;

use redeliver_check::Record;

use super::{call, event, place};
use crate::story::read::call::Call;
use crate::story::read::{Kind, Moment, Reading};

/// All moments of a history in order of time; `loose` are the faults that belong to no call.
pub(in crate::story::read) fn moments(
    history: &[Record],
    calls: &[Call<'_>],
    loose: &[usize],
    reading: &Reading,
) -> Vec<Moment> {
    let mut moments = Vec::new();
    for call in calls {
        call::tell(history, call, reading, &mut moments);
    }
    for (index, record) in history.iter().enumerate() {
        moments.extend(event::tell(index, record, reading));
        moments.extend(place::tell(index, record, reading));
    }
    let lives: BTreeMap<(Option<u32>, u64), usize> = (moments.iter().enumerate())
        .filter(|(_, moment)| moment.kind == Kind::Life)
        .map(|(at, moment)| ((moment.process, moment.at_ms), at))
        .collect();
    for fault in loose.iter().filter_map(|index| event::fault(*index, &history[*index])) {
        // A crash says what the fault says.
        let life = lives.get(&(fault.process, fault.at_ms)).filter(|at| moments[**at].record > fault.record);
        match life {
            Some(at) => moments[*at].faults.extend(fault.faults),
            None => moments.push(fault),
        }
    }
    moments.extend(event::lease_ends(reading));
    moments.sort_by_key(|moment| (moment.at_ms, moment.record));
    moments
}
