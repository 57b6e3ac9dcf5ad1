//! Results and errors as XML.

use redeliver_model::{Fault, Fields, Kind, Operation, Service, Shape, Value};

use super::decode::is_flattened;
use super::xml::Document;
use crate::{Description, Error, base64, date};

/// Where SNS's front end has no operation, it answers in its own namespace (<https://github.com/ex-aws/ex_aws/pull/177>).
const FRONT_END: &str = "http://webservices.amazon.com/AWSFault/2005-15-09";

/// SQS writes all in one line after a declaration (<https://github.com/rusoto/rusoto/issues/586>), SNS writes lines without one.
fn document(service: Service, root: &str, namespace: Option<&str>) -> Document {
    let namespace = namespace.or(service.model().xml_namespace).unwrap_or_default();
    let one_line = service == Service::Sqs;
    Document::new(one_line, !one_line, root, namespace)
}

/// `<OpResponse><OpResult>..</OpResult><ResponseMetadata>..`; operations without result have no `OpResult`.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-xml-api-responses.html>
pub(super) fn success(operation: &'static Operation, value: Value, request_id: &str) -> Vec<u8> {
    let root = format!("{}Response", operation.name);
    let mut document = document(operation.service, &root, None);
    if let (Some(result), Value::Structure(fields)) = (operation.result_name, value) {
        document.begin(result);
        structure(&mut document, operation.output, fields);
        document.end();
    }
    document.begin("ResponseMetadata");
    document.leaf("RequestId", request_id);
    document.end();
    document.finish(&root)
}

/// `<ErrorResponse><Error>..</Error><RequestId>..`; SQS adds an empty `<Detail/>`.
pub(super) fn failure(service: Service, error: &Error, description: &Description, request_id: &str) -> Vec<u8> {
    let front_end = matches!(error, Error::InvalidAction { .. }) && service != Service::Sqs;
    let mut document = document(service, "ErrorResponse", front_end.then_some(FRONT_END));
    document.begin("Error");
    document.leaf("Type", side(description.fault));
    document.leaf("Code", description.code);
    document.leaf("Message", description.message.as_deref().unwrap_or_default());
    if service == Service::Sqs {
        document.leaf("Detail", "");
    }
    document.end();
    document.leaf("RequestId", request_id);
    document.finish("ErrorResponse")
}

/// Whose fault an error is.
pub(super) fn side(fault: Fault) -> &'static str {
    match fault {
        Fault::Client => "Sender",
        Fault::Server => "Receiver",
    }
}

/// Members in the order of the model.
fn structure(document: &mut Document, shape: &'static Shape, mut fields: Fields) {
    for member in shape.members() {
        if let Some(value) = fields.remove(member.name) {
            let name = member.query_names[0];
            match (&member.shape.kind, value) {
                (Kind::List { member: element, .. }, Value::List(items)) if is_flattened(member) => {
                    list(document, element, name, items);
                }
                (Kind::Map { .. }, Value::Map(entries)) if is_flattened(member) => {
                    map(document, member.shape, name, entries);
                }
                (_, value) => element(document, member.shape, name, value),
            }
        }
    }
}

fn element(document: &mut Document, shape: &'static Shape, name: &'static str, value: Value) {
    match (&shape.kind, value) {
        (_, Value::Structure(fields)) => {
            document.begin(name);
            structure(document, shape, fields);
            document.end();
        }
        (Kind::List { member, member_name, .. }, Value::List(items)) => {
            document.begin(name);
            list(document, member, member_name, items);
            document.end();
        }
        (Kind::Map { .. }, Value::Map(entries)) => {
            document.begin(name);
            map(document, shape, "entry", entries);
            document.end();
        }
        (_, value) => document.leaf(name, &text(value)),
    }
}

fn list(document: &mut Document, shape: &'static Shape, name: &'static str, items: Vec<Value>) {
    for item in items {
        element(document, shape, name, item);
    }
}

fn map(
    document: &mut Document,
    shape: &'static Shape,
    name: &'static str,
    entries: impl IntoIterator<Item = (String, Value)>,
) {
    let Kind::Map { value: shape, key_name, value_name, .. } = &shape.kind else { return };
    for (key, value) in entries {
        document.begin(name);
        document.leaf(key_name, &key);
        element(document, shape, value_name, value);
        document.end();
    }
}

/// The text of a value that is neither list, map nor structure.
pub(super) fn text(value: Value) -> String {
    match value {
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::String(text) => text,
        Value::Blob(bytes) => base64::encode(bytes),
        Value::Timestamp(time) => date::format(time),
        // Values are made from the typed structures, so a value is of its shape.
        Value::List(_) | Value::Map(_) | Value::Structure(_) => String::new(),
    }
}
