//! Message bodies: present, of allowed characters, not too long.

use crate::sqs::Error;

/// The body of a message: not empty, and of characters that XML 1.0 knows.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>
pub(in crate::sqs) fn body(text: Option<String>) -> Result<String, Error> {
    let text = text.filter(|text| !text.is_empty()).ok_or(Error::MissingParameter { parameter: "MessageBody" })?;
    match forbidden(&text) {
        Some(character) => Err(Error::InvalidMessageContents { character }),
        None => Ok(text),
    }
}

/// Bytes of a message, body and attributes together: as many as the queue's `MaximumMessageSize` at most.
pub(in crate::sqs) fn size(bytes: usize, limit: u32) -> Result<(), Error> {
    let limit = limit as usize;
    if bytes > limit { Err(Error::MessageTooLong { limit }) } else { Ok(()) }
}

/// The first character that texts may not hold: allowed are #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and #x10000 to #x10FFFF.
pub(super) fn forbidden(text: &str) -> Option<char> {
    // Most texts hold neither a control character nor the first byte of U+F000 to U+FFFF, and are looked at by bytes alone.
    if !text.bytes().fold(false, |suspect, byte| suspect || byte < b' ' || byte == 0xEF) {
        return None;
    }
    // Surrogates are no `char`s, so what is left are control characters and two non-characters.
    let is_forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().find(|&c| is_forbidden(c))
}

#[cfg(test)]
mod tests {
    use super::{body, size};
    use crate::sqs::Error;

    fn check(text: &str) -> Result<String, Error> {
        body(Some(text.to_owned()))
    }

    #[test]
    fn body_keeps_every_allowed_character() {
        for text in ["a", "\t\n\r ~", "\u{7f}\u{80}\u{D7FF}\u{E000}\u{FFFD}\u{10000}\u{10FFFF}"] {
            assert_eq!(check(text), Ok(text.to_owned()));
        }
    }

    #[test]
    fn body_with_a_character_outside_the_set_is_refused() {
        for character in ['\u{0}', '\u{8}', '\u{b}', '\u{1f}', '\u{FFFE}', '\u{FFFF}'] {
            let refused = Err(Error::InvalidMessageContents { character });
            assert_eq!(check(&format!("a{character}b\u{1}")), refused, "{character:?}");
        }
    }

    #[test]
    fn missing_body_and_empty_body_are_the_same() {
        let missing = Error::MissingParameter { parameter: "MessageBody" };
        assert_eq!((check(""), body(None)), (Err(missing.clone()), Err(missing)));
    }

    #[test]
    fn message_may_be_as_long_as_the_limit() {
        assert_eq!(size(1024, 1024), Ok(()));
        assert_eq!(size(1025, 1024), Err(Error::MessageTooLong { limit: 1024 }));
    }
}
