//! Message attributes: names, types, values.
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>

use indexmap::IndexMap;
use redeliver_model::sns::MessageAttributeValue;

use crate::sns::Error;
use crate::sns::publish_fault::{MessageAttributeFault as Fault, PublishFault};

const NAME_BYTES_MAX: usize = 256;

/// Checks all attributes; gives the bytes of their names, types and values. There may be any number of them.
pub(super) fn check(attributes: &IndexMap<String, MessageAttributeValue>) -> Result<usize, Error> {
    let mut bytes = 0;
    for (name, value) in attributes {
        let checked = check_name(name).and_then(|()| check_value(value));
        let fault = |fault| Error::Publish(PublishFault::Attribute { name: name.clone(), fault });
        bytes += name.len() + checked.map_err(fault)?;
    }
    Ok(bytes)
}

fn check_name(name: &str) -> Result<(), Fault> {
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.');
    if name.len() > NAME_BYTES_MAX {
        Err(Fault::NameTooLong)
    } else if name.starts_with('.') {
        Err(Fault::NameStartsWithDot)
    } else if name.ends_with('.') {
        Err(Fault::NameEndsWithDot)
    } else if name.contains("..") {
        Err(Fault::NameHasTwoDots)
    } else if let Some(character) = name.chars().find(|&character| !is_allowed(character)) {
        Err(Fault::NameCharacter { character })
    } else {
        Ok(())
    }
}

/// Checks type and value; gives their bytes. That there is a type is checked before.
fn check_value(value: &MessageAttributeValue) -> Result<usize, Fault> {
    let data_type = value.data_type.as_deref().unwrap_or_default();
    let field = match data_type.split('.').next() {
        Some("String" | "Number") => "String",
        Some("Binary") => "Binary",
        _ => return Err(Fault::TypeUnknown),
    };
    // SDKs leave an empty text or no bytes out of a request, or send them: both are empty.
    let text = value.string_value.as_deref().filter(|text| !text.is_empty());
    let bytes = value.binary_value.as_deref().filter(|bytes| !bytes.is_empty());
    match (field, text, bytes) {
        ("String", Some(text), None) => check_text(data_type, text).map(|()| data_type.len() + text.len()),
        ("Binary", None, Some(bytes)) => Ok(data_type.len() + bytes.len()),
        (_, None, None) => Err(Fault::ValueEmpty { data_type: data_type.to_owned() }),
        _ => Err(Fault::ValueField { data_type: data_type.to_owned(), field }),
    }
}

fn check_text(data_type: &str, text: &str) -> Result<(), Fault> {
    let is_number = data_type.split('.').next() == Some("Number");
    if text.chars().any(|character| character.len_utf16() > 1) {
        Err(Fault::ValueCharacter)
    } else if is_number && !text.parse::<f64>().is_ok_and(f64::is_finite) {
        Err(Fault::NoNumber)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use redeliver_model::sns::MessageAttributeValue;

    use super::check;

    fn value(data_type: &str, text: Option<&str>, bytes: Option<&[u8]>) -> MessageAttributeValue {
        MessageAttributeValue {
            data_type: Some(data_type.to_owned()),
            string_value: text.map(str::to_owned),
            binary_value: bytes.map(<[u8]>::to_vec),
        }
    }

    fn told(name: &str, value: MessageAttributeValue) -> String {
        check(&IndexMap::from([(name.to_owned(), value)])).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn bytes_are_those_of_names_types_and_values() {
        let attributes = IndexMap::from([
            ("k".to_owned(), value("String.Array", Some("[1]"), None)),
            ("b".to_owned(), value("Binary", None, Some(&[0, 255]))),
        ]);
        assert_eq!(check(&attributes), Ok(1 + 12 + 3 + 1 + 6 + 2));
    }

    /// All but the last two were recorded on AWS.
    #[test]
    fn what_cannot_be_is_told_as_aws_tells_it() {
        let empty =
            "The message attribute 'attr1' must contain non-empty message attribute value for message attribute type";
        let cases = [
            ("attr1", value("String", Some(""), None), format!("{empty} 'String'.")),
            ("attr1", value("Binary", None, Some(&[])), format!("{empty} 'Binary'.")),
            (
                "attr1",
                value("Number", None, Some(b"1")),
                "The message attribute 'attr1' with type 'Number' must use field 'String'.".to_owned(),
            ),
            (
                "attr1",
                value("Binary", Some("x"), None),
                "The message attribute 'attr1' with type 'Binary' must use field 'Binary'.".to_owned(),
            ),
            (
                "at^r",
                value("String", Some("x"), None),
                "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include \
                 alphanumeric characters, hyphens, underscores, or dots."
                    .to_owned(),
            ),
            (
                "attr1",
                value("Number", Some("x"), None),
                "Could not cast message attribute 'attr1' value to number.".to_owned(),
            ),
            (
                "attr1",
                value("String", Some("😀"), None),
                "Invalid attribute value was passed in for message attribute".to_owned(),
            ),
        ];
        for (name, value, text) in cases {
            assert_eq!(told(name, value), text);
        }
    }
}
