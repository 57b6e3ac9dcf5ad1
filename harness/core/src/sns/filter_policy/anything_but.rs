//! `anything-but`: values other than some texts or numbers, or than what an operator means.
//!
//! None of the complaints is recorded; they are those of the ruler.

use super::fault::FilterFault;
use super::number::{Number, scaled};
use super::numeric::OUT_OF_RANGE;
use super::pattern::{Pattern, lower};
use super::reader::Reader;
use super::token::Token;
use super::wildcard::Wildcard;

const TOO_MANY: &str = "Too many elements in numeric expression";

/// Reads what is behind `anything-but`, up to the end of the expression.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Pattern, FilterFault> {
    let first = reader.next();
    if first == Token::ObjectStart {
        return operator(reader);
    }
    let unwanted = match first {
        Token::ArrayStart => list(reader)?,
        Token::Text(text) => vec![Pattern::Text(text.into())],
        // This complaint is not tied to a place by the ruler.
        Token::Number(text) if scaled(text).is_none() => return Err(FilterFault::plain(OUT_OF_RANGE)),
        Token::Number(text) => vec![number(text)],
        _ => return Err(reader.fault("Value of anything-but must be an array or single string/number value.")),
    };
    end(reader)?;
    Ok(Pattern::AnythingBut(unwanted.into()))
}

/// Texts or numbers, up to the end of their list.
fn list(reader: &mut Reader<'_>) -> Result<Vec<Pattern>, FilterFault> {
    let mut unwanted = Vec::new();
    loop {
        match reader.next() {
            Token::ArrayEnd => break,
            Token::Text(_) => unwanted.push(Pattern::Text(reader.seen_text().into())),
            Token::Number(text) if scaled(text).is_none() => return Err(reader.fault(OUT_OF_RANGE)),
            Token::Number(text) => unwanted.push(number(text)),
            _ => return Err(reader.fault("Inside anything but list, start|null|boolean is not supported.")),
        }
    }
    let texts = unwanted.iter().filter(|pattern| matches!(pattern, Pattern::Text(_))).count();
    if unwanted.is_empty() || texts > 0 && texts < unwanted.len() {
        let complaint = "Inside anything but list, either all values are number or string, mixed type is not supported";
        return Err(reader.fault(complaint));
    }
    Ok(unwanted)
}

/// An operator behind the bracket of an object, with one text or several.
fn operator(reader: &mut Reader<'_>) -> Result<Pattern, FilterFault> {
    let Token::Name(operator) = reader.next() else {
        return Err(reader.fault("Anything-But expression name not found"));
    };
    let wrong = match &*operator {
        "prefix" | "suffix" => "prefix/suffix match pattern must be a string",
        "wildcard" => "wildcard match pattern must be a string",
        "equals-ignore-case" => {
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported."
        }
        unknown => return Err(reader.fault(&format!("Unsupported anything-but pattern: {unknown}"))),
    };
    let mut unwanted = Vec::new();
    match reader.next() {
        Token::ArrayStart => loop {
            match reader.next() {
                Token::ArrayEnd => break,
                Token::Text(_) => unwanted.push(applied(reader, &operator)?),
                _ => return Err(reader.fault(wrong)),
            }
        },
        Token::Text(_) => unwanted.push(applied(reader, &operator)?),
        Token::Number(_) => return Err(reader.fault(wrong)),
        _ => return Err(reader.fault("Value of anything-but must be an array or single string/number value.")),
    }
    end(reader)?;
    end(reader)?;
    Ok(Pattern::AnythingBut(unwanted.into()))
}

/// The operator applied to the text that was just read.
fn applied(reader: &mut Reader<'_>, operator: &str) -> Result<Pattern, FilterFault> {
    let text = reader.seen_text().to_owned();
    match operator {
        "prefix" | "suffix" if text.is_empty() => Err(reader.fault("Null prefix/suffix not allowed")),
        "prefix" => Ok(Pattern::Prefix(text.into())),
        "suffix" => Ok(Pattern::Suffix(text.into())),
        "wildcard" => Wildcard::parse(&text).map(Pattern::Wildcard).map_err(|complaint| reader.fault(&complaint)),
        _ => Ok(Pattern::IgnoreCase(lower(&text))),
    }
}

fn number(text: &str) -> Pattern {
    Pattern::Number(Number::new(text).into_owned())
}

fn end(reader: &mut Reader<'_>) -> Result<(), FilterFault> {
    if reader.next() != Token::ObjectEnd {
        return Err(reader.fault(TOO_MANY));
    }
    Ok(())
}
