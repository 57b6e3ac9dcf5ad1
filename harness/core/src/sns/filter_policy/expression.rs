//! Match expressions: an operator and what it is applied to.

use super::cidr::Cidr;
use super::fault::FilterFault;
use super::pattern::{Pattern, lower};
use super::reader::Reader;
use super::token::Token;
use super::wildcard::Wildcard;
use super::{anything_but, numeric};

/// What one key too many is met with.
const ONE_KEY: &str = "Only one key allowed in match expression";

/// Reads a match expression behind its bracket, up to its end; `None` is the absence of the key.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Option<Pattern>, FilterFault> {
    let Token::Name(operator) = reader.next() else {
        return Err(reader.fault("Match expression name not found"));
    };
    let pattern = match &*operator {
        "numeric" => return numeric::read(reader).map(Some),
        "anything-but" => return anything_but::read(reader).map(Some),
        "exists" => match reader.next() {
            Token::True => Some(Pattern::Exists),
            Token::False => None,
            _ => return Err(reader.fault("exists match pattern must be either true or false.")),
        },
        "prefix" => Some(Pattern::Prefix(text(reader, "prefix")?.into())),
        "suffix" => Some(Pattern::Suffix(text(reader, "suffix")?.into())),
        "equals-ignore-case" => Some(Pattern::IgnoreCase(lower(&text(reader, "equals-ignore-case")?))),
        // The wrong name is recorded, and so is that complaints about the text itself tell no place.
        "cidr" => Some(Pattern::Cidr(
            Cidr::parse(&text(reader, "prefix")?).map_err(|complaint| FilterFault::plain(&complaint))?,
        )),
        "wildcard" => {
            let text = text(reader, "wildcard")?;
            Some(Pattern::Wildcard(Wildcard::parse(&text).map_err(|complaint| reader.fault(&complaint))?))
        }
        unknown => return Err(reader.fault(&format!("Unrecognized match type {unknown}"))),
    };
    if reader.next() != Token::ObjectEnd {
        return Err(reader.fault(ONE_KEY));
    }
    Ok(pattern)
}

/// The text that an operator is applied to.
fn text(reader: &mut Reader<'_>, operator: &str) -> Result<String, FilterFault> {
    match reader.next() {
        Token::Text(_) => Ok(reader.seen_text().to_owned()),
        _ => Err(reader.fault(&format!("{operator} match pattern must be a string"))),
    }
}
