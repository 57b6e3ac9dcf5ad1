//! From tokens to rules: each `$or` multiplies them.

use std::sync::Arc;

use super::expression;
use super::fault::FilterFault;
use super::leaf::Leaf;
use super::number::Number;
use super::pattern::Pattern;
use super::quota::{COMBINATIONS_MAX, too_complex};
use super::reader::Reader;
use super::token::{Lexeme, Token};

const OR: &str = "$or";

/// Names in an alternative that make `$or` a plain key: those of operators, and those that the ruler keeps for the future.
/// <https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html>
const RESERVED: [&str; 24] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];

/// Rules, of which a message must fit one.
pub(super) type Rules = Vec<Vec<Arc<Leaf>>>;

/// The rules of a policy.
pub(super) fn rules<'a>(text: &'a str, lexemes: Vec<Lexeme<'a>>) -> Result<Rules, FilterFault> {
    let mut parser = Parser { reader: Reader::new(text, lexemes), path: Vec::new(), rules: vec![Vec::new()] };
    if parser.reader.next() != Token::ObjectStart {
        return Err(parser.reader.fault("Filter is not an object"));
    }
    parser.object()?;
    Ok(parser.rules)
}

struct Parser<'a> {
    reader: Reader<'a>,
    path: Vec<String>,
    rules: Rules,
}

impl Parser<'_> {
    /// The members of an object, up to its end.
    fn object(&mut self) -> Result<(), FilterFault> {
        // Deeper keys alone are more combinations than a policy can have.
        if self.path.len() > COMBINATIONS_MAX {
            return Err(too_complex());
        }
        let mut is_empty = true;
        while let Token::Name(name) = self.reader.next() {
            is_empty = false;
            if name == OR && self.is_operator() {
                self.alternatives()?;
                continue;
            }
            self.path.push(name.into_owned());
            match self.reader.next() {
                Token::ObjectStart => self.object()?,
                Token::ArrayStart => self.leaf()?,
                _ => {
                    let name = self.path.last().map_or("", String::as_str);
                    return Err(self.reader.fault(&format!("\"{name}\" must be an object or an array")));
                }
            }
            self.path.pop();
        }
        if is_empty {
            return Err(self.reader.fault("Empty objects are not allowed"));
        }
        Ok(())
    }

    /// The values of a key, up to the end of their list. What was said of the same key before is replaced, as in the ruler.
    fn leaf(&mut self) -> Result<(), FilterFault> {
        let (mut patterns, mut count, mut absent) = (Vec::new(), 0, false);
        loop {
            let pattern = match self.reader.next() {
                Token::ArrayEnd => break,
                Token::ObjectStart => expression::read(&mut self.reader)?,
                Token::Text(text) => Some(Pattern::Text(text.into())),
                Token::Number(text) => Some(Pattern::Number(Number::new(text).into_owned())),
                Token::True => Some(Pattern::True),
                Token::False => Some(Pattern::False),
                Token::Null => Some(Pattern::Null),
                Token::ArrayStart | Token::ObjectEnd | Token::Name(_) => {
                    return Err(self.reader.fault("Match value must be String, number, true, false, or null"));
                }
            };
            count += 1;
            absent |= pattern.is_none();
            patterns.extend(pattern);
        }
        if count == 0 {
            return Err(self.reader.fault("Empty arrays are not allowed"));
        }
        let leaf = Arc::new(Leaf::new(self.path.join("."), self.path.len(), count, patterns, absent));
        for rule in &mut self.rules {
            rule.retain(|other| other.path != leaf.path);
            rule.push(Arc::clone(&leaf));
        }
        Ok(())
    }

    /// The alternatives of `$or`, up to the end of their list.
    fn alternatives(&mut self) -> Result<(), FilterFault> {
        let before = std::mem::take(&mut self.rules);
        let mut all = Vec::new();
        self.reader.next();
        while self.reader.next() == Token::ObjectStart {
            self.rules.clone_from(&before);
            self.object()?;
            all.append(&mut self.rules);
            // Each rule is at least one combination.
            if all.len() > COMBINATIONS_MAX {
                return Err(too_complex());
            }
        }
        self.rules = all;
        Ok(())
    }

    /// Whether the `$or` that was just read is an operator: before a list of two objects or more, without reserved names.
    fn is_operator(&self) -> bool {
        let mut tokens = self.reader.ahead();
        if tokens.next() != Some(&Token::ArrayStart) {
            return false;
        }
        let (mut depth, mut objects) = (0, 0);
        for token in tokens {
            match token {
                Token::ArrayEnd if depth == 0 => return objects > 1,
                Token::ObjectStart if depth == 0 => (depth, objects) = (1, objects + 1),
                Token::Name(name) if depth == 1 && RESERVED.contains(&&**name) => return false,
                Token::ObjectStart | Token::ArrayStart if depth > 0 => depth += 1,
                Token::ObjectEnd | Token::ArrayEnd => depth -= 1,
                _ if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }
}
