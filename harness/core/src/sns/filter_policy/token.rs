//! Tokens of JSON and where they are.

use std::borrow::Cow;
use std::fmt;

/// One token of a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Name(Cow<'a, str>),
    Text(Cow<'a, str>),
    Number(&'a str),
    True,
    False,
    Null,
}

impl Token<'_> {
    /// The token as complaints write it.
    pub(super) fn text(&self) -> &str {
        match self {
            Token::ObjectStart => "{",
            Token::ObjectEnd => "}",
            Token::ArrayStart => "[",
            Token::ArrayEnd => "]",
            Token::Name(text) | Token::Text(text) => text,
            Token::Number(text) => text,
            Token::True => "true",
            Token::False => "false",
            Token::Null => "null",
        }
    }
}

/// A token with the bytes of the text that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme<'a> {
    pub(super) token: Token<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A line and a column, both from 1; columns count UTF-16 units as Java does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Place {
    /// The place of a byte of a text.
    pub(super) fn of(text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let ends = before.matches('\n').count() + before.matches('\r').count() - before.matches("\r\n").count();
        Self { line: ends + 1, column: before[line_start..].encode_utf16().count() + 1 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line: {}, column: {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn places_count_lines_and_utf16_units_from_one() {
        let text = "{\r\n\"𝄞é\":\n1}";
        let places = [0, 1, 3, 8, text.len()].map(|at| Place::of(text, at));
        let expected = [(1, 1), (1, 2), (2, 1), (2, 4), (3, 3)].map(|(line, column)| Place { line, column });
        assert_eq!(places, expected);
    }
}
