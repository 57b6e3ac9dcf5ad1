//! Message attributes of users: names, types, values.

use indexmap::IndexMap;
use redeliver_model::sqs::MessageAttributeValue;

use super::body::forbidden;
use super::number::{NotANumber, number};
use crate::sqs::AttributeFault as Fault;
use crate::sqs::Error;

/// Attributes that a message may have.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>
const ATTRIBUTES_MAX: usize = 10;
const CHARS_MAX: usize = 256;

/// Checks all attributes of a message; gives the bytes that they add to its size: names, types and values.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html>
pub(in crate::sqs) fn attributes(attributes: &IndexMap<String, MessageAttributeValue>) -> Result<usize, Error> {
    if attributes.len() > ATTRIBUTES_MAX {
        return Err(Error::TooManyMessageAttributes { sent: attributes.len() });
    }
    let mut bytes = 0;
    for (name, value) in attributes {
        check_name(name).map_err(|fault| refused(name, fault))?;
        bytes += name.len() + check_value(name, value)?;
    }
    Ok(bytes)
}

/// Letters of any script are taken, as seen on AWS, although its documentation lists those of ASCII.
fn check_name(name: &str) -> Result<(), Fault> {
    let reserved = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if name.is_empty() {
        Err(Fault::NameEmpty)
    } else if name.chars().count() > CHARS_MAX {
        Err(Fault::NameTooLong)
    } else if reserved("AWS.") || reserved("Amazon.") {
        Err(Fault::NameReserved)
    } else if name.starts_with('.') {
        Err(Fault::NameStartsWithDot)
    } else if name.ends_with('.') {
        Err(Fault::NameEndsWithDot)
    } else if name.contains("..") {
        Err(Fault::NameHasTwoDots)
    } else if let Some(character) = name.chars().find(|&c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')) {
        Err(Fault::NameCharacter { character })
    } else {
        Ok(())
    }
}

/// Checks type and value; gives their bytes.
fn check_value(name: &str, value: &MessageAttributeValue) -> Result<usize, Error> {
    let fail = |fault| refused(name, fault);
    let is_filled = |count: Option<usize>| count.is_some_and(|count| count > 0);
    // SDKs of some languages send the lists that are not in use as empty ones.
    let lists = [value.string_list_values.as_ref().map(Vec::len), value.binary_list_values.as_ref().map(Vec::len)];
    if lists.into_iter().any(is_filled) {
        return Err(Error::AttributeListsUnsupported);
    }
    let data_type =
        value.data_type.as_deref().filter(|text| !text.is_empty()).ok_or_else(|| fail(Fault::TypeMissing))?;
    if data_type.chars().count() > CHARS_MAX {
        return Err(fail(Fault::TypeTooLong));
    }
    let kind = Kind::of(data_type).ok_or_else(|| fail(Fault::TypeUnknown))?;
    let empty = || fail(Fault::ValueEmpty { data_type: data_type.to_owned() });
    let bytes = match (kind, value.string_value.as_deref(), value.binary_value.as_deref()) {
        (_, Some(_), Some(_)) => return Err(fail(Fault::ValuesTwo)),
        (Kind::Binary, Some(_), None) => {
            return Err(fail(Fault::ValueField { data_type: data_type.to_owned(), field: "Binary" }));
        }
        (Kind::String | Kind::Number, None, Some(_)) => {
            return Err(fail(Fault::ValueField { data_type: data_type.to_owned(), field: "String" }));
        }
        (_, None | Some(""), None) | (_, None, Some([])) => return Err(empty()),
        (Kind::Binary, None, Some(bytes)) => bytes.len(),
        (kind, Some(text), None) => {
            check_text(kind, text).map_err(fail)?;
            text.len()
        }
    };
    Ok(data_type.len() + bytes)
}

fn check_text(kind: Kind, text: &str) -> Result<(), Fault> {
    if let Some(character) = forbidden(text) {
        return Err(Fault::ValueCharacter { character });
    }
    if kind != Kind::Number {
        return Ok(());
    }
    number(text).map_err(|why| match why {
        NotANumber::Form => Fault::NumberForm,
        NotANumber::Precision => Fault::NumberPrecision { value: text.to_owned() },
        NotANumber::Magnitude => Fault::NumberMagnitude { value: text.to_owned() },
    })
}

fn refused(name: &str, fault: Fault) -> Error {
    Error::MessageAttribute { name: name.to_owned(), fault }
}

/// What stands before the dot of a type; types are case-sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    String,
    Number,
    Binary,
}

impl Kind {
    fn of(data_type: &str) -> Option<Self> {
        let (base, label) = data_type.split_once('.').map_or((data_type, None), |(base, label)| (base, Some(label)));
        if label == Some("") {
            return None;
        }
        match base {
            "String" => Some(Self::String),
            "Number" => Some(Self::Number),
            "Binary" => Some(Self::Binary),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use redeliver_model::sqs::MessageAttributeValue;

    use super::{Error, Fault, attributes};

    fn text(data_type: &str, value: &str) -> MessageAttributeValue {
        MessageAttributeValue {
            data_type: Some(data_type.to_owned()),
            string_value: Some(value.to_owned()),
            ..Default::default()
        }
    }

    fn binary(data_type: &str, value: &[u8]) -> MessageAttributeValue {
        MessageAttributeValue {
            data_type: Some(data_type.to_owned()),
            binary_value: Some(value.to_owned()),
            ..Default::default()
        }
    }

    fn check(name: &str, value: MessageAttributeValue) -> Result<usize, Error> {
        attributes(&IndexMap::from([(name.to_owned(), value)]))
    }

    fn fault_of(name: &str, value: MessageAttributeValue) -> Fault {
        match check(name, value) {
            Err(Error::MessageAttribute { name: named, fault }) if named == name => fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn size_counts_names_types_and_values() {
        let both = IndexMap::from([
            ("k".to_owned(), text("String.label", "wert")),
            ("ø".to_owned(), binary("Binary", &[0, 1, 255])),
        ]);
        assert_eq!(attributes(&both), Ok(1 + 12 + 4 + 2 + 6 + 3));
        assert_eq!(attributes(&IndexMap::new()), Ok(0));
    }

    #[test]
    fn names_take_letters_of_any_script_digits_and_three_signs() {
        let longest = "n".repeat(256);
        for name in ["a", "øßä", "A-1_b.c", "AWSname", "amazonas", &longest] {
            assert_eq!(check(name, text("String", "v")), Ok(name.len() + 7), "{name}");
        }
    }

    #[test]
    fn names_of_another_form_are_refused() {
        let too_long = "n".repeat(257);
        let faults = [
            ("", Fault::NameEmpty),
            (too_long.as_str(), Fault::NameTooLong),
            ("aws.name", Fault::NameReserved),
            ("AMAZON.name", Fault::NameReserved),
            (".name", Fault::NameStartsWithDot),
            ("name.", Fault::NameEndsWithDot),
            ("na..me", Fault::NameHasTwoDots),
        ];
        for (name, fault) in faults {
            assert_eq!(fault_of(name, text("String", "v")), fault, "{name}");
        }
        for character in ['!', '"', '§', '(', '?', ' '] {
            let name = format!("na{character}me");
            assert_eq!(fault_of(&name, text("String", "v")), Fault::NameCharacter { character });
        }
    }

    #[test]
    fn types_begin_with_one_of_three_words() {
        let longest = format!("String.{}", "l".repeat(249));
        for data_type in ["String", "Number.int", "Binary.png", &longest] {
            let value = if data_type.starts_with("Binary") { binary(data_type, b"1") } else { text(data_type, "1") };
            assert!(check("a", value).is_ok(), "{data_type}");
        }
        for data_type in ["string", "Text", "StringList", "String."] {
            assert_eq!(fault_of("a", text(data_type, "1")), Fault::TypeUnknown, "{data_type}");
        }
        assert_eq!(fault_of("a", text(&format!("{longest}l"), "1")), Fault::TypeTooLong);
        assert_eq!(fault_of("a", text("", "1")), Fault::TypeMissing);
        assert_eq!(fault_of("a", MessageAttributeValue::default()), Fault::TypeMissing);
    }

    /// The text was recorded on AWS.
    #[test]
    fn empty_value_is_refused_in_the_words_of_aws() {
        assert_eq!(
            check("ErrorDetails", text("String", "")).unwrap_err().to_string(),
            "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'."
        );
    }

    #[test]
    fn value_must_be_in_the_field_of_its_type() {
        let empty = |data_type: &str| Fault::ValueEmpty { data_type: data_type.to_owned() };
        let field = |data_type: &str, field| Fault::ValueField { data_type: data_type.to_owned(), field };
        assert_eq!(fault_of("a", binary("Binary", b"")), empty("Binary"));
        let no_value = MessageAttributeValue { data_type: Some("Number".to_owned()), ..Default::default() };
        assert_eq!(fault_of("a", no_value), empty("Number"));
        assert_eq!(fault_of("a", binary("String", b"x")), field("String", "String"));
        assert_eq!(fault_of("a", text("Binary", "x")), field("Binary", "Binary"));
        let both = MessageAttributeValue { binary_value: Some(vec![1]), ..text("String", "x") };
        assert_eq!(fault_of("a", both), Fault::ValuesTwo);
    }

    #[test]
    fn texts_with_control_characters_are_refused() {
        for character in ['\u{8}', '\u{b}'] {
            assert_eq!(fault_of("a", text("String", &format!("x{character}"))), Fault::ValueCharacter { character });
        }
    }

    #[test]
    fn numbers_are_read() {
        assert_eq!(check("a", text("Number", "-1.5")), Ok(1 + 6 + 4));
        assert_eq!(fault_of("a", text("Number.int", "abc")), Fault::NumberForm);
        let value = "1".repeat(39);
        assert_eq!(fault_of("a", text("Number", &value)), Fault::NumberPrecision { value });
    }

    #[test]
    fn lists_of_values_are_not_supported_unless_empty() {
        let empty = MessageAttributeValue { string_list_values: Some(Vec::new()), ..text("String", "x") };
        assert_eq!(check("a", empty), Ok(8));
        let filled = MessageAttributeValue { string_list_values: Some(vec!["x".to_owned()]), ..text("String", "x") };
        assert_eq!(check("a", filled), Err(Error::AttributeListsUnsupported));
    }

    #[test]
    fn eleven_attributes_are_too_many() {
        let many = |count: usize| (0..count).map(|at| (format!("a{at}"), text("String", "x"))).collect();
        assert_eq!(attributes(&many(10)), Ok(10 * 9));
        assert_eq!(attributes(&many(11)), Err(Error::TooManyMessageAttributes { sent: 11 }));
    }
}
