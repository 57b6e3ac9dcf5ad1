//! From calls and records to moments.

mod call;
mod event;

use redeliver_check::Record;

use super::call::Call;
use super::{Moment, Reading};

/// All moments of a history in order of time; `loose` are the faults that belong to no call.
pub(super) fn moments(history: &[Record], calls: &[Call<'_>], loose: &[usize], reading: &Reading) -> Vec<Moment> {
    let mut moments = Vec::new();
    for call in calls {
        call::tell(history, call, reading, &mut moments);
    }
    for (index, record) in history.iter().enumerate() {
        moments.extend(event::tell(index, record, reading));
    }
    moments.extend(loose.iter().filter_map(|index| event::fault(*index, &history[*index])));
    moments.extend(event::lease_ends(reading));
    moments.sort_by_key(|moment| (moment.at_ms, moment.record));
    moments
}
