//! What rules do to records of a put.

use redeliver_model::Value;

use crate::Turn;
use crate::edit::{not_taken, put_results, records, text, with};

/// Takes records out of a put, as if their shards had no throughput left.
pub(super) fn throttled(turn: &mut Turn<'_>, places: &[usize]) {
    // Records that became one are taken as one.
    if !turn.left_out.within.is_empty() {
        return;
    }
    let whole = turn.call.whole.take().unwrap_or_else(|| records(&turn.call.input).to_vec());
    let message = format!("Rate exceeded for a shard of stream {}.", turn.queue());
    for place in places {
        let result = not_taken("ProvisionedThroughputExceededException", &message);
        turn.left_out.records.entry(*place).or_insert(result);
    }
    let is_kept =
        |(place, record): (usize, &Value)| (!turn.left_out.records.contains_key(&place)).then(|| record.clone());
    let kept = whole.iter().enumerate().filter_map(is_kept).collect();
    with(turn.change_input(), "Records", Some(Value::List(kept)));
    turn.call.whole = Some(whole);
}

/// Tells of records of a put that they failed, though they are in the stream.
pub(super) fn told_to_have_failed(turn: &mut Turn<'_>) {
    let places = turn.entries;
    let Some(output) = turn.change_output() else { return };
    let mut results = records(output).to_vec();
    for place in places {
        if let Some(result) = results.get_mut(*place).filter(|result| text(result, "SequenceNumber").is_some()) {
            *result = not_taken("InternalFailure", "Internal Service Failure");
        }
    }
    put_results(output, results);
}
