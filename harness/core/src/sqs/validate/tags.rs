//! Keys and values of tags.

use indexmap::IndexMap;

use crate::sqs::Error;
use crate::sqs::TagFault as Fault;

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html>
const KEY_CHARS_MAX: usize = 128;
const VALUE_CHARS_MAX: usize = 256;

/// Tags to be put on a queue. How many a queue may have is not known here.
pub(in crate::sqs) fn tags(tags: &IndexMap<String, String>) -> Result<(), Error> {
    for (key, value) in tags {
        check_key(key)?;
        if value.chars().count() > VALUE_CHARS_MAX || !value.chars().all(is_allowed) {
            return Err(Error::InvalidTag { key: key.clone(), fault: Fault::Value });
        }
    }
    Ok(())
}

/// Keys of tags to be removed: any key will do, since unknown ones are ignored, but there must be one.
pub(in crate::sqs) fn tag_keys(keys: Option<Vec<String>>) -> Result<Vec<String>, Error> {
    keys.filter(|keys| !keys.is_empty()).ok_or(Error::MissingParameter { parameter: "TagKeys" })
}

fn check_key(key: &str) -> Result<(), Error> {
    let fault = if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        Fault::KeyReserved
    } else if key.is_empty() || key.chars().count() > KEY_CHARS_MAX || !key.chars().all(is_allowed) {
        Fault::Key
    } else {
        return Ok(());
    };
    Err(Error::InvalidTag { key: key.to_owned(), fault })
}

fn is_allowed(character: char) -> bool {
    character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character)
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::{Error, Fault, tag_keys, tags};

    fn check(key: &str, value: &str) -> Result<(), Error> {
        tags(&IndexMap::from([(key.to_owned(), value.to_owned())]))
    }

    #[test]
    fn keys_of_128_and_values_of_256_characters_are_accepted() {
        let [key, value] = [128, 256].map(|length| "ä".repeat(length));
        assert_eq!(check(&key, &value), Ok(()));
        assert_eq!(check("key with spaces_.:/=+-@", ""), Ok(()));
    }

    #[test]
    fn keys_and_values_of_another_form_are_refused() {
        let [key, value] = [129, 257].map(|length| "k".repeat(length));
        for (key, value, fault) in [
            (key.as_str(), "v", Fault::Key),
            ("", "v", Fault::Key),
            ("k<", "v", Fault::Key),
            ("aws:k", "v", Fault::KeyReserved),
            ("AWS:k", "v", Fault::KeyReserved),
            ("k", &value, Fault::Value),
            ("k", "v\n", Fault::Value),
        ] {
            assert_eq!(check(key, value), Err(Error::InvalidTag { key: key.to_owned(), fault }), "{key}={value}");
        }
    }

    #[test]
    fn list_of_keys_may_not_be_empty() {
        assert_eq!(tag_keys(Some(vec!["k".to_owned()])), Ok(vec!["k".to_owned()]));
        let missing = Err(Error::MissingParameter { parameter: "TagKeys" });
        assert_eq!((tag_keys(None), tag_keys(Some(Vec::new()))), (missing.clone(), missing));
    }
}
