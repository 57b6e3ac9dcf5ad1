//! `numeric`: a number or a range of numbers.

use super::fault::FilterFault;
use super::number::{Number, scaled};
use super::pattern::{Bound, Pattern};
use super::reader::Reader;
use super::token::Token;

const TOO_MANY: &str = "Too many elements in numeric expression";

/// What a number beyond the range is met with. The wording is that of the ruler with the range of SNS; it is not recorded.
pub(super) const OUT_OF_RANGE: &str = "Value must be between -1.0E9 and 1.0E9, inclusive";

/// Reads what is behind `numeric`, up to the end of the expression.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Pattern, FilterFault> {
    if reader.next() != Token::ArrayStart {
        return Err(reader.fault("Value of numeric must be an array."));
    }
    let pattern = list(reader)?;
    if reader.next() != Token::ObjectEnd {
        return Err(reader.fault(TOO_MANY));
    }
    Ok(pattern)
}

fn list(reader: &mut Reader<'_>) -> Result<Pattern, FilterFault> {
    let first = reader.next();
    let operator = reader.seen_text().to_owned();
    if !matches!(first, Token::Text(_)) {
        return Err(reader.fault(&format!("Invalid member in numeric match: {operator}")));
    }
    let operand = reader.next();
    let operator = match operator.as_str() {
        "=" => "equals",
        "<" | "<=" | ">" | ">=" => &*operator,
        unknown => return Err(reader.fault(&format!("Unrecognized numeric range operator: {unknown}"))),
    };
    let Token::Number(text) = operand else {
        return Err(reader.fault(&format!("Value of {operator} must be numeric")));
    };
    let next = reader.next();
    if operator.starts_with('>') {
        if next != Token::ArrayEnd {
            return range(reader, &next, text, operator == ">");
        }
        let bottom = Bound { value: value(reader, text)?, is_open: operator == ">" };
        return Ok(Pattern::Range { bottom: Some(bottom), top: None });
    }
    if next != Token::ArrayEnd {
        return Err(reader.fault(TOO_MANY));
    }
    let value = value(reader, text)?;
    if operator == "equals" {
        return Ok(Pattern::Number(Number::new(text).into_owned()));
    }
    Ok(Pattern::Range { bottom: None, top: Some(Bound { value, is_open: operator == "<" }) })
}

/// The upper end of a range, of which the lower one was read.
fn range(reader: &mut Reader<'_>, operator: &Token<'_>, bottom: &str, is_open: bool) -> Result<Pattern, FilterFault> {
    let text = reader.seen_text().to_owned();
    if !matches!(operator, Token::Text(_)) {
        return Err(reader.fault(&format!("Bad value in numeric range: {text}")));
    }
    if !matches!(text.as_str(), "<" | "<=") {
        return Err(reader.fault(&format!("Bad numeric range operator: {text}")));
    }
    let Token::Number(top) = reader.next() else {
        return Err(reader.fault(&format!("Value of {text} must be numeric")));
    };
    if reader.next() != Token::ArrayEnd {
        return Err(reader.fault("Too many terms in numeric range expression"));
    }
    let bottom = Bound { value: value(reader, bottom)?, is_open };
    let top = Bound { value: value(reader, top)?, is_open: text == "<" };
    if bottom.value >= top.value {
        return Err(reader.fault("Bottom must be less than top"));
    }
    Ok(Pattern::Range { bottom: Some(bottom), top: Some(top) })
}

fn value(reader: &Reader<'_>, text: &str) -> Result<i64, FilterFault> {
    scaled(text).ok_or_else(|| reader.fault(OUT_OF_RANGE))
}
