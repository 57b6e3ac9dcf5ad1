//! The body of a message as a tree.

use std::borrow::Cow;
use std::vec::IntoIter;

use super::lexer::lex;
use super::token::{Lexeme, Token};
use super::value::Value;

/// A part of a body.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// By name; of members with one name the last counts.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
    Array(Vec<Node<'a>>),
    Value(Value<'a>),
}

impl<'a> Node<'a> {
    /// The object that a text is; `None` if it is anything else.
    pub(super) fn object(text: &'a str) -> Option<Self> {
        let mut lexemes = lex(text).ok()?.into_iter();
        (lexemes.next()?.token == Token::ObjectStart).then(|| Self::members(&mut lexemes))
    }

    fn members(lexemes: &mut IntoIter<Lexeme<'a>>) -> Self {
        let mut members = Vec::new();
        while let Some(Lexeme { token: Token::Name(name), .. }) = lexemes.next() {
            if let Some(node) = Self::read(lexemes) {
                members.push((name, node));
            }
        }
        members.reverse();
        members.sort_by(|(one, _), (other, _)| one.cmp(other));
        members.dedup_by(|(one, _), (other, _)| one == other);
        Node::Object(members)
    }

    /// The next node; `None` at the end of an array.
    fn read(lexemes: &mut IntoIter<Lexeme<'a>>) -> Option<Self> {
        match lexemes.next()?.token {
            Token::ObjectStart => Some(Self::members(lexemes)),
            Token::ArrayStart => Some(Node::Array(std::iter::from_fn(|| Self::read(lexemes)).collect())),
            token => Value::of(token).map(Node::Value),
        }
    }

    /// The member of this name, if this is an object with one.
    pub(super) fn member(&self, name: &str) -> Option<&Node<'a>> {
        let Node::Object(members) = self else { return None };
        let at = members.binary_search_by(|(found, _)| (**found).cmp(name)).ok()?;
        Some(&members[at].1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Value};

    #[test]
    fn last_of_several_members_with_one_name_counts() {
        let body = Node::object(r#"{"b":1,"a":"x","b":true,"c":[]}"#).unwrap();
        assert!(matches!(body.member("b"), Some(Node::Value(Value::True))));
        assert!(matches!(body.member("a"), Some(Node::Value(Value::Text(text))) if text == "x"));
        assert!(matches!(body.member("c"), Some(Node::Array(nodes)) if nodes.is_empty()));
        assert!(body.member("d").is_none());
    }

    #[test]
    fn only_objects_are_bodies() {
        for text in ["", "text", "\"text\"", "[{}]", "1", "null", "{"] {
            assert!(Node::object(text).is_none(), "{text}");
        }
    }
}
