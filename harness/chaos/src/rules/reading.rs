//! What rules do to a read: a part of its records comes with the next one.

use redeliver_model::Value;

use crate::edit::{records, text, with};
use crate::{Act, Turn};

/// Asks for an iterator behind the first `kept` records of a read, or at its first one.
pub(super) fn cut(turn: &Turn<'_>, kept: usize) -> Act {
    let output = turn.reply.as_deref().and_then(|reply| reply.output.as_ref());
    let all = output.map(records).unwrap_or_default();
    let (how, at) = match kept.checked_sub(1) {
        Some(last) => ("AFTER_SEQUENCE_NUMBER", all.get(last)),
        None => ("AT_SEQUENCE_NUMBER", all.first()),
    };
    let number = at.and_then(|record| text(record, "SequenceNumber"));
    let (Some(number), Some(shard)) = (number, turn.call.shard()) else { return Act::Go };
    let member = |name, value: &str| (name, Value::String(value.to_owned()));
    let members =
        [member("ShardId", shard), member("ShardIteratorType", how), member("StartingSequenceNumber", number)];
    Act::Consult("GetShardIterator", turn.call.about_the_stream(members))
}

/// Leaves the first `kept` records of a read, and the others for the iterator that the backend gave.
pub(super) fn go_on(turn: &mut Turn<'_>, kept: usize, said: Option<&Value>) -> Act {
    let Some(next) = said.and_then(|said| text(said, "ShardIterator")).map(str::to_owned) else { return Act::Go };
    let Some(output) = turn.change_output() else { return Act::Go };
    let left: Vec<_> = records(output).iter().take(kept).cloned().collect();
    let behind = match &*output {
        Value::Structure(fields) => match fields.get("MillisBehindLatest") {
            Some(Value::Integer(behind)) => *behind,
            _ => 0,
        },
        _ => 0,
    };
    with(output, "Records", Some(Value::List(left)));
    with(output, "NextShardIterator", Some(Value::String(next)));
    with(output, "ChildShards", None);
    // Who has not read everything is behind, however little.
    with(output, "MillisBehindLatest", Some(Value::Integer(behind.max(1))));
    Act::Go
}
