//! A JSON text as tokens. Its nesting is checked, too, so that who reads the tokens need not.

use std::borrow::Cow;

use super::syntax::{Expected, Syntax};
use super::token::{Lexeme, Token};

/// How deep objects and arrays nest, which is what the parser of AWS takes.
/// <https://github.com/FasterXML/jackson-core/wiki/Jackson-Release-2.15>
const DEPTH_MAX: usize = 1_000;

/// The tokens of a JSON text that is one value.
pub(super) fn lex(text: &str) -> Result<Vec<Lexeme<'_>>, Syntax> {
    let mut lexer = Lexer { text, at: 0, open: Vec::new(), lexemes: Vec::new() };
    lexer.value()?;
    while let Some(&container) = lexer.open.last() {
        lexer.entry(container)?;
    }
    match lexer.peek() {
        None => Ok(lexer.lexemes),
        Some(_) => Err(lexer.unexpected(Expected::End)),
    }
}

/// An object or array that is not closed yet.
#[derive(Debug, Clone, Copy)]
struct Container {
    opened: usize,
    is_object: bool,
    is_empty: bool,
}

#[derive(Debug)]
struct Lexer<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Container>,
    lexemes: Vec<Lexeme<'a>>,
}

impl<'a> Lexer<'a> {
    /// The next character that is no white space.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.text[self.at..].chars().next()
    }

    /// An entry of the innermost container with the comma before it, or the end of the container.
    fn entry(&mut self, container: Container) -> Result<(), Syntax> {
        let Container { opened, is_object, is_empty } = container;
        let open = Syntax::Open { at: self.text.len(), opened, is_object };
        let found = self.peek().ok_or(open)?;
        if matches!(found, '}' | ']') {
            return self.close(found, container);
        }
        if !is_empty {
            if found != ',' {
                return Err(self.unexpected(Expected::Comma { is_object }));
            }
            self.at += 1;
            self.peek().ok_or(open)?;
        }
        if let Some(container) = self.open.last_mut() {
            container.is_empty = false;
        }
        if is_object {
            self.name()?;
        }
        self.value()
    }

    fn close(&mut self, found: char, Container { opened, is_object, .. }: Container) -> Result<(), Syntax> {
        if (found == '}') != is_object {
            return Err(Syntax::Mismatch { at: self.at, character: found, opened, is_object });
        }
        self.open.pop();
        self.push(if is_object { Token::ObjectEnd } else { Token::ArrayEnd }, self.at + 1);
        Ok(())
    }

    /// A name and the colon behind it.
    fn name(&mut self) -> Result<(), Syntax> {
        let start = self.at;
        if self.peek() != Some('"') {
            return Err(self.unexpected(Expected::Name));
        }
        let (name, end) = self.string("Unexpected end-of-input in field name")?;
        self.lexemes.push(Lexeme { token: Token::Name(name), start, end });
        self.at = end;
        if self.peek() != Some(':') {
            return Err(self.unexpected(Expected::Colon));
        }
        self.at += 1;
        Ok(())
    }

    /// A value that is no container, or the beginning of one.
    fn value(&mut self) -> Result<(), Syntax> {
        match self.peek() {
            Some(bracket @ ('{' | '[')) => self.begin(bracket == '{'),
            Some('"') => {
                let (text, end) =
                    self.string("Unexpected end-of-input: was expecting closing quote for a string value")?;
                self.push(Token::Text(text), end);
                Ok(())
            }
            Some('-' | '0'..='9') => self.number(),
            Some(letter) if letter.is_alphabetic() || matches!(letter, '_' | '$') => self.word(),
            _ => Err(self.unexpected(Expected::Value)),
        }
    }

    fn begin(&mut self, is_object: bool) -> Result<(), Syntax> {
        if self.open.len() == DEPTH_MAX {
            let complaint = "Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)";
            return Err(Syntax::Told { at: self.at, complaint });
        }
        self.open.push(Container { opened: self.at, is_object, is_empty: true });
        self.push(if is_object { Token::ObjectStart } else { Token::ArrayStart }, self.at + 1);
        Ok(())
    }

    fn word(&mut self) -> Result<(), Syntax> {
        let rest = &self.text[self.at..];
        let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
        let word = &rest[..rest.find(|character| !is_part(character)).unwrap_or(rest.len())];
        let end = self.at + word.len();
        let token = match word {
            "true" => Token::True,
            "false" => Token::False,
            "null" => Token::Null,
            _ => return Err(Syntax::Word { start: self.at, end }),
        };
        self.push(token, end);
        Ok(())
    }

    fn number(&mut self) -> Result<(), Syntax> {
        let rest = &self.text[self.at..];
        let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
        let mut length = usize::from(rest.starts_with('-'));
        let whole = digits(length);
        if whole > 1 && rest[length..].starts_with('0') {
            return Err(Syntax::Told {
                at: self.at + length,
                complaint: "Invalid numeric value: Leading zeroes not allowed",
            });
        }
        length += whole;
        let mut is_complete = whole > 0;
        if rest[length..].starts_with('.') {
            let fraction = digits(length + 1);
            is_complete &= fraction > 0;
            length += 1 + fraction;
        }
        if is_complete && rest[length..].starts_with(['e', 'E']) {
            length += 1 + usize::from(rest[length + 1..].starts_with(['+', '-']));
            let exponent = digits(length);
            is_complete &= exponent > 0;
            length += exponent;
        }
        let is_ended = rest[length..].chars().next().is_none_or(|next| " \t\r\n,]}".contains(next));
        if !is_complete || !is_ended {
            self.at += length;
            return Err(self.unexpected(Expected::Value));
        }
        self.push(Token::Number(&rest[..length]), self.at + length);
        Ok(())
    }

    /// The text between quotation marks, and where it ends behind the second.
    fn string(&self, unfinished: &'static str) -> Result<(Cow<'a, str>, usize), Syntax> {
        let start = self.at + 1;
        let unfinished = Syntax::Told { at: self.text.len(), complaint: unfinished };
        let mut read = Cow::Borrowed("");
        let mut plain = start;
        loop {
            let special = |byte: u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            let length = self.text.as_bytes()[plain..].iter().position(|byte| special(*byte)).ok_or(unfinished)?;
            let end = plain + length;
            if read.is_empty() {
                read = Cow::Borrowed(&self.text[plain..end]);
            } else {
                read.to_mut().push_str(&self.text[plain..end]);
            }
            match self.text.as_bytes()[end] {
                b'"' => return Ok((read, end + 1)),
                b'\\' => {
                    let (character, next) = self.escape(end + 1, unfinished)?;
                    read.to_mut().push(character);
                    plain = next;
                }
                control => return Err(Syntax::Control { at: end, character: char::from(control) }),
            }
        }
    }

    /// The character that an escape stands for, and where the escape ends.
    fn escape(&self, at: usize, unfinished: Syntax) -> Result<(char, usize), Syntax> {
        let letter = self.text[at..].chars().next().ok_or(unfinished)?;
        let character = match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.code(at + 1, unfinished),
            _ => return Err(Syntax::Escape { at, character: letter }),
        };
        Ok((character, at + 1))
    }

    /// Four hexadecimal digits, or eight with an escape between them; half a pair becomes the replacement character.
    fn code(&self, at: usize, unfinished: Syntax) -> Result<(char, usize), Syntax> {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 4)?;
            digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
        };
        let first = unit(at).ok_or_else(|| {
            let bad = self.text[at..].char_indices().find(|(_, character)| !character.is_ascii_hexdigit());
            bad.map_or(unfinished, |(offset, character)| Syntax::Escape { at: at + offset, character })
        })?;
        let second = if self.text[at + 4..].starts_with("\\u") { unit(at + 6) } else { None };
        match second.map(|second| char::decode_utf16([first, second]).next()) {
            Some(Some(Ok(character))) if u32::from(character) > 0xffff => Ok((character, at + 10)),
            _ => Ok((char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER), at + 4)),
        }
    }

    fn push(&mut self, token: Token<'a>, end: usize) {
        self.lexemes.push(Lexeme { token, start: self.at, end });
        self.at = end;
    }

    fn unexpected(&self, expected: Expected) -> Syntax {
        match self.text[self.at..].chars().next() {
            Some(character) => Syntax::Unexpected { at: self.at, character, expected },
            None if self.lexemes.is_empty() => {
                Syntax::Told { at: self.at, complaint: "No content to map due to end-of-input" }
            }
            None => Syntax::Told { at: self.at, complaint: "Unexpected end-of-input within/between Object entries" },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Lexeme, Token, lex};

    fn tokens(text: &str) -> Vec<Token<'_>> {
        lex(text).unwrap().into_iter().map(|lexeme| lexeme.token).collect()
    }

    fn complaint(text: &str) -> String {
        lex(text).unwrap_err().fault(text).to_string()
    }

    #[test]
    fn tokens_have_the_bytes_that_they_take() {
        let lexemes = lex(" {\"a\" : [-1.5e2, \"x\"]}").unwrap();
        let expected = [
            (Token::ObjectStart, 1, 2),
            (Token::Name("a".into()), 2, 5),
            (Token::ArrayStart, 8, 9),
            (Token::Number("-1.5e2"), 9, 15),
            (Token::Text("x".into()), 17, 20),
            (Token::ArrayEnd, 20, 21),
            (Token::ObjectEnd, 21, 22),
        ];
        assert_eq!(lexemes, expected.map(|(token, start, end)| Lexeme { token, start, end }));
    }

    #[test]
    fn escapes_are_read() {
        let text = r#""\"\\\/\b\f\n\r\t\u00e9\ud834\udd1e\ud834x""#;
        assert_eq!(tokens(text), [Token::Text("\"\\/\u{8}\u{c}\n\r\té𝄞\u{fffd}x".into())]);
    }

    #[test]
    fn texts_that_are_json_for_another_parser_are_so_here() {
        for text in ["{}", "[]", " 0 ", "-0.1E+2", "[[],{\"\":null}]", "\"\"", "{\"a\":true,\"b\":false}", "1e400"] {
            assert!(lex(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "{",
            "[1,]",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "nul",
            "[1 2]",
            "{]",
            "[}",
            "\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\n\"",
            "{} {}",
            "--1",
            "'a'",
            "1x",
            "{\"a\":1,}",
        ] {
            assert!(lex(text).is_err(), "{text}");
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn bad_texts_are_refused_as_recorded() {
        let tail = |column: usize| {
            format!(
                "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: {column}]"
            )
        };
        assert_eq!(
            complaint("{invalid-json}"),
            format!(
                "FilterPolicy: failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name{}",
                tail(2)
            )
        );
        assert_eq!(
            complaint("invalid"),
            format!(
                "FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'){}",
                tail(8)
            )
        );
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(lex(&format!("{}{}", "[".repeat(1_000), "]".repeat(1_000))).is_ok());
        assert!(lex(&"[".repeat(1_001)).is_err());
        assert!(lex(&"[".repeat(1_000)).is_err());
    }
}
