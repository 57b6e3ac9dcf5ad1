//! A value against one alternative of a policy, straight from the documentation, as slow as it may be.

use serde_json::Value;

/// Whether a value is as an alternative says; absence is none of a value.
pub(crate) fn matches(pattern: &Value, value: &Value) -> bool {
    let Value::Object(expression) = pattern else { return is_same(pattern, value) };
    let (operator, operand) = expression.iter().next().unwrap();
    let text = value.as_str();
    match operator.as_str() {
        "prefix" => text.is_some_and(|text| text.starts_with(operand.as_str().unwrap())),
        "suffix" => text.is_some_and(|text| text.ends_with(operand.as_str().unwrap())),
        "equals-ignore-case" => {
            text.is_some_and(|text| text.to_lowercase() == operand.as_str().unwrap().to_lowercase())
        }
        "wildcard" => text.is_some_and(|text| {
            is_like(&operand.as_str().unwrap().chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>())
        }),
        "cidr" => text.is_some_and(|text| is_within(operand.as_str().unwrap(), text)),
        "numeric" => value.is_number() && is_in_range(operand.as_array().unwrap(), value),
        "exists" => operand == true && !value.is_null() && text != Some(""),
        "anything-but" => is_anything_but(operand, value),
        other => panic!("no operator {other}"),
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => hundredths(one) == hundredths(other),
        _ => one == other,
    }
}

/// Numbers here have two digits after the point.
fn hundredths(number: &Value) -> String {
    format!("{:.2}", number.as_f64().unwrap() + 0.0)
}

fn is_anything_but(operand: &Value, value: &Value) -> bool {
    match operand {
        Value::Array(unwanted) => !unwanted.iter().any(|unwanted| is_same(unwanted, value)),
        Value::Object(expression) => {
            let (operator, operands) = expression.iter().next().unwrap();
            let operands = operands.as_array().cloned().unwrap_or_else(|| vec![operands.clone()]);
            !operands
                .into_iter()
                .any(|operand| matches(&Value::Object([(operator.clone(), operand)].into_iter().collect()), value))
        }
        single => !is_same(single, value),
    }
}

fn is_in_range(terms: &[Value], value: &Value) -> bool {
    let number = value.as_f64().unwrap();
    terms.chunks(2).all(|term| {
        let bound = term[1].as_f64().unwrap();
        match term[0].as_str().unwrap() {
            "=" => hundredths(&term[1]) == hundredths(value),
            "<" => number < bound,
            "<=" => number <= bound,
            ">" => number > bound,
            ">=" => number >= bound,
            other => panic!("no operator {other}"),
        }
    })
}

fn is_like(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|skipped| is_like(rest, &text[skipped..])),
        Some((character, rest)) => text.first() == Some(character) && is_like(rest, &text[1..]),
    }
}

/// Ranges here begin at a network's first address and are of IPv4.
fn is_within(cidr: &str, text: &str) -> bool {
    let bits = |address: &str| -> Option<u32> {
        let parts: Option<Vec<u8>> = address.split('.').map(|part| part.parse().ok()).collect();
        Some(u32::from_be_bytes(parts?.try_into().ok()?))
    };
    let (address, length) = cidr.split_once('/').unwrap();
    let network = |address: &str| bits(address).map(|bits| bits >> (32 - length.parse::<u32>().unwrap()));
    network(address) == network(text)
}
