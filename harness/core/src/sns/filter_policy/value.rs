//! A single value that a message offers to a policy.

use std::borrow::Cow;

use super::lexer::lex;
use super::number::Number;
use super::token::Token;

/// A value of an attribute or of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(Number<'a>),
    True,
    False,
    Null,
}

impl<'a> Value<'a> {
    /// The value that a token is; `None` for names and brackets.
    pub(super) fn of(token: Token<'a>) -> Option<Self> {
        Some(match token {
            Token::Text(text) => Value::Text(text),
            Token::Number(text) => Value::Number(Number::new(text)),
            Token::True => Value::True,
            Token::False => Value::False,
            Token::Null => Value::Null,
            Token::Name(_) | Token::ObjectStart | Token::ObjectEnd | Token::ArrayStart | Token::ArrayEnd => {
                return None;
            }
        })
    }

    /// The values of a list without lists and objects in it; `None` if the text is none.
    pub(super) fn list(text: &'a str) -> Option<Vec<Self>> {
        let mut tokens = lex(text).ok()?.into_iter().map(|lexeme| lexeme.token);
        if tokens.next()? != Token::ArrayStart {
            return None;
        }
        let inner = tokens.len().checked_sub(1)?;
        tokens.take(inner).map(Value::of).collect()
    }
}
