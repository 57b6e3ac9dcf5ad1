//! What rules do to single entries of a call or messages of a receive.

use std::time::Duration;

use redeliver_model::{Fields, Value};

pub(super) use crate::edit::Blame;
use crate::edit::{fail, failure, handle, list, messages, put_body, put_messages, text, with};
use crate::{Act, Turn};

/// Takes entries out of a batch call, as if they had failed.
pub(super) fn left_out(turn: &mut Turn<'_>, blame: Blame) {
    let (hit, batch) = (turn.entries, turn.call.batch());
    let (mut kept, mut failed) = (Vec::new(), Vec::new());
    for (index, entry) in list(&turn.call.input, batch).iter().enumerate() {
        if hit.contains(&index) {
            failed.extend(text(entry, "Id").map(|id| failure(id, blame)));
        } else {
            kept.push(entry.clone());
        }
    }
    with(turn.change_input(), batch, Some(Value::List(kept)));
    turn.left_out.failed.extend(failed);
}

/// Tells of entries of a batch call that they failed, whatever became of them.
pub(super) fn told_to_have_failed(turn: &mut Turn<'_>) {
    let entries = list(&turn.call.input, turn.call.batch());
    let ids = turn.entries.iter().filter_map(|index| text(entries.get(*index)?, "Id"));
    let ids: Vec<_> = ids.map(str::to_owned).collect();
    if let Some(output) = turn.change_output() {
        fail(output, &ids, Blame::Service);
    }
}

/// Gives messages of a receive another body, where there is one for what they have.
pub(super) fn reworded(turn: &mut Turn<'_>, body: impl Fn(&str) -> Option<String>) -> Act {
    let hit = turn.entries;
    let Some(output) = turn.change_output() else { return Act::Go };
    let mut all = messages(output).to_vec();
    for index in hit {
        let Some(message) = all.get_mut(*index) else { continue };
        if let Some(body) = text(message, "Body").and_then(&body) {
            put_body(message, &body);
        }
    }
    put_messages(output, all);
    Act::Go
}

/// Takes messages out of a receive and hides them for so long.
pub(super) fn hidden(turn: &mut Turn<'_>, time: Duration) -> Act {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    taken(turn, "ChangeMessageVisibilityBatch", Some(seconds))
}

/// Takes messages out of a receive and deletes them.
pub(super) fn deleted(turn: &mut Turn<'_>) -> Act {
    taken(turn, "DeleteMessageBatch", None)
}

fn taken(turn: &mut Turn<'_>, operation: &'static str, seconds: Option<i64>) -> Act {
    let (hit, url) = (turn.entries, text(&turn.call.input, "QueueUrl").map(str::to_owned));
    let Some(output) = turn.change_output() else { return Act::Go };
    let mut entries = Vec::new();
    let mut kept = Vec::new();
    for (index, message) in messages(output).iter().enumerate() {
        match handle(message) {
            Some(handle) if hit.contains(&index) => {
                let mut entry = Fields::new();
                entry.push("Id", Value::String(index.to_string()));
                entry.push("ReceiptHandle", Value::String(handle.to_owned()));
                entry.put("VisibilityTimeout", seconds);
                entries.push(Value::Structure(entry));
            }
            _ => kept.push(message.clone()),
        }
    }
    put_messages(output, kept);
    let mut input = Fields::new();
    input.put("QueueUrl", url);
    input.push("Entries", Value::List(entries));
    Act::Ask(operation, Value::Structure(input))
}
