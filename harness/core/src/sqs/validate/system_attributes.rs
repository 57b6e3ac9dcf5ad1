//! System attributes of messages: `AWSTraceHeader`, the only one that can be sent.

use indexmap::IndexMap;
use redeliver_model::sqs::{MessageSystemAttributeNameForSends as Name, MessageSystemAttributeValue};

use super::body::forbidden;
use crate::sqs::Error;
use crate::sqs::SystemAttributeFault as Fault;

/// Checks the system attributes of a message; gives the value of `AWSTraceHeader`. They do not count in the message's size.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
pub(in crate::sqs) fn system_attributes(
    attributes: &IndexMap<Name, MessageSystemAttributeValue>,
) -> Result<Option<&str>, Error> {
    if let Some(name) = attributes.keys().find(|name| **name != Name::AWSTraceHeader) {
        return Err(refused(name, Fault::Name));
    }
    let Some((name, value)) = attributes.first() else { return Ok(None) };
    if value.data_type.as_deref() != Some("String") {
        return Err(refused(name, Fault::Type));
    }
    let text =
        value.string_value.as_deref().filter(|text| !text.is_empty()).ok_or_else(|| refused(name, Fault::Value))?;
    match forbidden(text) {
        Some(character) => Err(refused(name, Fault::Character { character })),
        None => Ok(Some(text)),
    }
}

fn refused(name: &Name, fault: Fault) -> Error {
    Error::SystemAttribute { name: name.as_str().to_owned(), fault }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use redeliver_model::sqs::MessageSystemAttributeValue;

    use super::{Error, Fault, system_attributes};

    fn check(name: &str, data_type: &str, value: &str) -> Result<Option<String>, Error> {
        let value = MessageSystemAttributeValue {
            data_type: Some(data_type.to_owned()),
            string_value: Some(value.to_owned()),
            ..Default::default()
        };
        let attributes = IndexMap::from([(name.into(), value)]);
        system_attributes(&attributes).map(|text| text.map(str::to_owned))
    }

    fn refused(name: &str, fault: Fault) -> Result<Option<String>, Error> {
        Err(Error::SystemAttribute { name: name.to_owned(), fault })
    }

    #[test]
    fn trace_header_is_the_only_system_attribute() {
        assert_eq!(check("AWSTraceHeader", "String", "Root=1"), Ok(Some("Root=1".to_owned())));
        assert_eq!(check("SenderId", "String", "me"), refused("SenderId", Fault::Name));
        assert_eq!(system_attributes(&IndexMap::new()), Ok(None));
    }

    #[test]
    fn trace_header_is_a_text_that_is_not_empty() {
        let name = "AWSTraceHeader";
        assert_eq!(check(name, "Number", "1"), refused(name, Fault::Type));
        assert_eq!(check(name, "String", ""), refused(name, Fault::Value));
        assert_eq!(check(name, "String", "\u{8}"), refused(name, Fault::Character { character: '\u{8}' }));
    }
}
