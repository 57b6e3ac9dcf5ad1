//! Entries of batch calls that are left out or said to have failed.
//!
//! A batch may fail in part: "you should check for batch errors even when the call returns an HTTP status code of 200".
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html>

use redeliver_model::{Fields, Value};

use super::{list, text, with};

/// Who is blamed for an entry that failed, with the code that the entry gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The service: the entry may be sent again.
    Service,
    /// The sender: a receipt handle that is no longer valid.
    Handle,
}

/// Keeps the elements of a list whose `Id` passes.
fn keep(value: &mut Value, name: &'static str, passes: impl Fn(&str) -> bool) {
    let kept = list(value, name).iter().filter(|item| text(item, "Id").is_some_and(&passes)).cloned().collect();
    with(value, name, Some(Value::List(kept)));
}

/// Says of entries that they failed, whatever the reply said of them.
pub(crate) fn fail(reply: &mut Value, ids: &[String], blame: Blame) {
    keep(reply, "Successful", |id| !ids.iter().any(|failed| failed == id));
    keep(reply, "Failed", |id| !ids.iter().any(|failed| failed == id));
    let mut failed = list(reply, "Failed").to_vec();
    failed.extend(ids.iter().map(|id| failure(id, blame)));
    with(reply, "Failed", Some(Value::List(failed)));
}

/// The result of an entry that failed.
pub(crate) fn failure(id: &str, blame: Blame) -> Value {
    // The codes are those of the API: an error of the service and of the model's `ReceiptHandleIsInvalid`.
    let (code, message) = match blame {
        Blame::Service => ("InternalError", "We encountered an internal error. Please try again."),
        Blame::Handle => ("ReceiptHandleIsInvalid", "The input receipt handle is invalid."),
    };
    let mut entry = Fields::new();
    entry.push("Id", Value::String(id.to_owned()));
    entry.push("SenderFault", Value::Boolean(blame == Blame::Handle));
    entry.push("Code", Value::String(code.to_owned()));
    entry.push("Message", Value::String(message.to_owned()));
    Value::Structure(entry)
}
