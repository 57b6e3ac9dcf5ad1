//! Tokens one after another, and the place that a complaint names.

use super::fault::FilterFault;
use super::token::{Lexeme, Place, Token};

/// Reads the tokens of a policy.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    lexemes: Vec<Lexeme<'a>>,
    /// How many tokens were read.
    read: usize,
    /// Whether the text of the last token was looked at.
    seen: bool,
}

impl<'a> Reader<'a> {
    /// A reader of the tokens of a text. They are those of a whole JSON value, so that there is a next one wherever one is asked for.
    pub(super) fn new(text: &'a str, lexemes: Vec<Lexeme<'a>>) -> Self {
        Self { text, lexemes, read: 0, seen: false }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Token<'a> {
        self.read += 1;
        self.seen = false;
        self.current().clone()
    }

    /// The text of the last token. The parser of AWS reads a string to its end only when asked for its text, and complaints show it.
    pub(super) fn seen_text(&mut self) -> &str {
        self.seen = true;
        self.current().text()
    }

    /// A complaint with the place up to which the parser of AWS has read.
    pub(super) fn fault(&self, complaint: &str) -> FilterFault {
        let at = |index: usize| self.lexemes.get(index).map_or(self.text.len(), started);
        let end = match self.lexemes.get(self.read.saturating_sub(1)) {
            Some(Lexeme { token: Token::Name(_), .. }) => at(self.read),
            Some(lexeme) if self.seen => lexeme.end,
            _ => at(self.read.saturating_sub(1)),
        };
        FilterFault::at(complaint, self.text, Place::of(self.text, end))
    }

    /// The tokens that are still to be read.
    pub(super) fn ahead(&self) -> impl Iterator<Item = &Token<'a>> {
        self.lexemes[self.read..].iter().map(|lexeme| &lexeme.token)
    }

    fn current(&self) -> &Token<'a> {
        &self.lexemes[self.read - 1].token
    }
}

/// Where the parser of AWS is when it has met a token: behind it, but for strings, of which it has read the quotation mark.
fn started(lexeme: &Lexeme<'_>) -> usize {
    match lexeme.token {
        Token::Text(_) => lexeme.start + 1,
        _ => lexeme.end,
    }
}
