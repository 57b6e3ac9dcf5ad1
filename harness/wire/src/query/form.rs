//! A structure as a form: what a client of this protocol sends.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use redeliver_model::{Kind, Operation, Shape, Value};

use super::Parameters;
use super::answer::text;
use super::decode::is_flattened;

/// What is percent-encoded: all but letters, digits and these four.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Names and values, neither of them escaped, in the order of the model.
type Pairs = Vec<(String, String)>;

/// The form that asks for `operation` with `input`, a structure of its input shape, in this version of the API, the newest if none is named.
/// Lists and maps without contents have a name without a value, as SDKs write them; to the services that is as good as none.
pub fn form(operation: &'static Operation, version: Option<&str>, input: &Value) -> String {
    let version = version.unwrap_or(operation.service.model().api_version);
    let mut pairs = vec![("Action".to_owned(), operation.name.to_owned()), ("Version".to_owned(), version.to_owned())];
    structure(&mut pairs, operation.input, input, "");
    written(&pairs)
}

/// What of a form or URL is no parameter of one of these operations, written anew: how an answer is wanted, what a URL that was signed in
/// advance says.
pub fn beside(parameters: &Parameters, operations: [&'static Operation; 2]) -> String {
    let is_known = |top: &str| {
        let of_input = operations.iter().any(|operation| {
            let names = |member: &redeliver_model::Member| member.name == top || member.query_names.contains(&top);
            operation.input.members().iter().any(names)
        });
        of_input || ["Action", "Version"].contains(&top)
    };
    let others = parameters.iter().filter(|(name, _)| !is_known(name.split('.').next().unwrap_or_default()));
    written(&others.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn written(pairs: &Pairs) -> String {
    let escaped = |text| utf8_percent_encode(text, RESERVED);
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    pairs.join("&")
}

fn structure(pairs: &mut Pairs, shape: &'static Shape, value: &Value, path: &str) {
    let Value::Structure(fields) = value else { return };
    for member in shape.members() {
        let Some(value) = fields.get(member.name) else { continue };
        let name = member.query_names[0];
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        put(pairs, member.shape, is_flattened(member), value, &path);
    }
}

fn put(pairs: &mut Pairs, shape: &'static Shape, flattened: bool, value: &Value, path: &str) {
    match (&shape.kind, value) {
        (_, Value::Structure(_)) => structure(pairs, shape, value, path),
        (Kind::List { member, member_name, .. }, Value::List(items)) if !items.is_empty() => {
            for (item, number) in items.iter().zip(1..) {
                let path =
                    if flattened { format!("{path}.{number}") } else { format!("{path}.{member_name}.{number}") };
                put(pairs, member, false, item, &path);
            }
        }
        (Kind::Map { value: shape, key_name, value_name, .. }, Value::Map(entries)) if !entries.is_empty() => {
            for ((key, item), number) in entries.iter().zip(1..) {
                let path = if flattened { format!("{path}.{number}") } else { format!("{path}.entry.{number}") };
                pairs.push((format!("{path}.{key_name}"), key.clone()));
                put(pairs, shape, false, item, &format!("{path}.{value_name}"));
            }
        }
        (_, value) => pairs.push((path.to_owned(), text(value.clone()))),
    }
}

#[cfg(test)]
mod tests {
    use redeliver_model::{Operation, Service};

    use super::{beside, form};
    use crate::query::{Parameters, decode};

    fn operation(service: Service, name: &str) -> &'static Operation {
        service.model().operation(name).unwrap()
    }

    #[test]
    fn forms_have_the_names_of_the_protocol() {
        let cases = [
            (
                operation(Service::Sqs, "SendMessage"),
                "Action=SendMessage&Version=2012-11-05&MessageAttribute.1.Name=n&\
                 MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=v&\
                 MessageBody=a%20%2B%26%C3%A9~&QueueUrl=http%3A%2F%2Fh%2F1%2Fq",
            ),
            (
                operation(Service::Sqs, "ChangeMessageVisibilityBatch"),
                "Action=ChangeMessageVisibilityBatch&Version=2012-11-05&\
                 ChangeMessageVisibilityBatchRequestEntry.1.Id=a&\
                 ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle=h&\
                 ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout=0&\
                 ChangeMessageVisibilityBatchRequestEntry.2.Id=b&\
                 ChangeMessageVisibilityBatchRequestEntry.2.ReceiptHandle=i&QueueUrl=q",
            ),
            (
                operation(Service::Sns, "Publish"),
                "Action=Publish&Version=2010-03-31&Message=m&MessageAttributes.entry.1.Name=n&\
                 MessageAttributes.entry.1.Value.BinaryValue=AP8%3D&\
                 MessageAttributes.entry.1.Value.DataType=Binary&TopicArn=t",
            ),
        ];
        for (operation, expected) in cases {
            let input = decode(operation.input, &Parameters::parse(&[expected.as_bytes()])).unwrap();
            assert_eq!(form(operation, None, &input), expected);
        }
    }

    #[test]
    fn what_no_operation_knows_is_beside() {
        let text = b"Action=ReceiveMessage&Version=2011-10-01&AttributeName.1=All&AttributeNames=x&ContentType=JSON&\
                     X-Amz-Date=1&MessageBody=m&Entries.1.Id=4";
        let operations = [operation(Service::Sqs, "ReceiveMessage"), operation(Service::Sqs, "SendMessage")];
        let expected = "ContentType=JSON&Entries.1.Id=4&X-Amz-Date=1";
        assert_eq!(beside(&Parameters::parse(&[text]), operations), expected);
    }
}
