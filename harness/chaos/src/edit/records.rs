//! Records of streams: those of a put with their results, those of a read.

use redeliver_model::{Fields, Value};

use super::{list, text, with};

/// The records of a put, their results, or those of a read.
pub(crate) fn records(value: &Value) -> &[Value] {
    list(value, "Records")
}

/// The result of a record that was not taken.
pub(crate) fn not_taken(code: &str, message: &str) -> Value {
    let mut result = Fields::new();
    result.push("ErrorCode", Value::String(code.to_owned()));
    result.push("ErrorMessage", Value::String(message.to_owned()));
    Value::Structure(result)
}

/// Puts the results of a put into its answer, with how many of them failed.
pub(crate) fn put_results(output: &mut Value, results: Vec<Value>) {
    let failed = results.iter().filter(|result| text(result, "ErrorCode").is_some()).count();
    with(output, "FailedRecordCount", Some(Value::Integer(i64::try_from(failed).unwrap_or(i64::MAX))));
    with(output, "Records", Some(Value::List(results)));
}

/// The text of a record's bytes; its partition key where they are none.
pub(crate) fn text_of(record: &Value) -> Option<&str> {
    let Value::Structure(fields) = record else { return None };
    match fields.get("Data")? {
        Value::Blob(bytes) => std::str::from_utf8(bytes).ok().or_else(|| text(record, "PartitionKey")),
        _ => None,
    }
}
