//! Complaints about texts that are not JSON, as the parser of AWS words them.
//!
//! Two are recorded (a bad name and an unknown word); the others follow the same parser's public source
//! (<https://github.com/FasterXML/jackson-core>).

use super::fault::{FilterFault, redacted};
use super::token::Place;

const VALUE: &str = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'";

/// What is wrong with a JSON text, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// A character where something else must be.
    Unexpected { at: usize, character: char, expected: Expected },
    /// A word that is no token of JSON, up to its end.
    Word { start: usize, end: usize },
    /// A bracket that closes what another opened.
    Mismatch { at: usize, character: char, opened: usize, is_object: bool },
    /// The text ends inside an object or array.
    Open { at: usize, opened: usize, is_object: bool },
    /// The text ends, or goes wrong, in a way that a sentence tells.
    Told { at: usize, complaint: &'static str },
    /// A control character in a string.
    Control { at: usize, character: char },
    /// An escape that JSON does not have.
    Escape { at: usize, character: char },
}

/// What would have been right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Name,
    Colon,
    Comma { is_object: bool },
    Value,
    End,
}

impl Expected {
    fn words(self) -> String {
        match self {
            Expected::Name => "was expecting double-quote to start field name".to_owned(),
            Expected::Colon => "was expecting a colon to separate field name and value".to_owned(),
            Expected::Comma { is_object } => {
                format!("was expecting comma to separate {} entries", container(is_object))
            }
            Expected::Value => format!("expected a valid value ({VALUE})"),
            Expected::End => "expected the end of the text".to_owned(),
        }
    }
}

impl Syntax {
    /// The complaint about this text.
    pub(super) fn fault(self, text: &str) -> FilterFault {
        let place = |at: usize| Place::of(text, at);
        match self {
            Syntax::Unexpected { at, character, expected } => FilterFault::syntax(
                &format!("Unexpected character ({}): {}", code(character), expected.words()),
                place(at),
            ),
            Syntax::Word { start, end } => {
                let word = text.get(start..end).unwrap_or_default();
                FilterFault::syntax(&format!("Unrecognized token '{word}': was expecting ({VALUE})"), place(end))
            }
            Syntax::Mismatch { at, character, opened, is_object } => {
                let (expected, kind) = (if is_object { '}' } else { ']' }, container(is_object));
                let opened = redacted(place(opened));
                let complaint = format!(
                    "Unexpected close marker '{character}': expected '{expected}' (for {kind} starting at {opened})"
                );
                FilterFault::syntax(&complaint, place(at))
            }
            Syntax::Open { at, opened, is_object } => {
                let (kind, opened) = (container(is_object), redacted(place(opened)));
                let complaint =
                    format!("Unexpected end-of-input: expected close marker for {kind} (start marker at {opened})");
                FilterFault::syntax(&complaint, place(at))
            }
            Syntax::Told { at, complaint } => FilterFault::syntax(complaint, place(at)),
            Syntax::Control { at, character } => {
                let code = u32::from(character);
                let complaint = format!(
                    "Illegal unquoted character ((CTRL-CHAR, code {code})): has to be escaped using backslash to be included in string value"
                );
                FilterFault::syntax(&complaint, place(at))
            }
            Syntax::Escape { at, character } => {
                FilterFault::syntax(&format!("Unrecognized character escape {}", code(character)), place(at))
            }
        }
    }
}

fn container(is_object: bool) -> &'static str {
    if is_object { "Object" } else { "Array" }
}

fn code(character: char) -> String {
    let code = u32::from(character);
    if character.is_control() { format!("(CTRL-CHAR, code {code})") } else { format!("'{character}' (code {code})") }
}
