//! Text with variables in it.

use super::TemplateFault;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Stands as it is.
    Literal(&'a str),
    /// `${name}`.
    Variable(&'a str),
}

/// Cuts a text at its variables; `$${` becomes a literal `${`.
pub fn parts(text: &str) -> Result<Vec<Part<'_>>, TemplateFault> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let escaped = rest[..at].ends_with('$');
        if escaped {
            parts.push(Part::Literal(&rest[..at - 1]));
            parts.push(Part::Literal("${"));
            rest = &rest[at + 2..];
            continue;
        }
        parts.push(Part::Literal(&rest[..at]));
        let (name, behind) = rest[at + 2..].split_once('}').ok_or(TemplateFault::Unclosed)?;
        if !is_name(name) {
            return Err(TemplateFault::BadName(name.to_owned()));
        }
        parts.push(Part::Variable(name));
        rest = behind;
    }
    parts.push(Part::Literal(rest));
    parts.retain(|part| *part != Part::Literal(""));
    Ok(parts)
}

/// Whether a text is a name of a variable: lowercase letters, digits and `_`, a letter first.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether a key is an operator or a function: it starts with `$`, and not with a variable.
pub(crate) fn is_operator(key: &str) -> bool {
    key.starts_with('$') && !key.starts_with("${")
}

/// Whether variables stand in a text, well written or not.
pub fn has_variable(text: &str) -> bool {
    match parts(text) {
        Ok(parts) => parts.iter().any(|part| matches!(part, Part::Variable(_))),
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_variables() {
        assert_eq!(
            parts("a${b}${c_1}$d"),
            Ok(vec![Part::Literal("a"), Part::Variable("b"), Part::Variable("c_1"), Part::Literal("$d")])
        );
        assert_eq!(parts(""), Ok(vec![]));
    }

    #[test]
    fn a_doubled_dollar_makes_it_literal() {
        assert_eq!(parts("x$${b}$$"), Ok(vec![Part::Literal("x"), Part::Literal("${"), Part::Literal("b}$$")]));
        assert!(!has_variable("$${b}"));
    }

    #[test]
    fn what_is_no_variable_is_a_fault() {
        assert_eq!(parts("${a"), Err(TemplateFault::Unclosed));
        assert_eq!(parts("${aws:user}"), Err(TemplateFault::BadName("aws:user".to_owned())));
        assert_eq!(parts("${}"), Err(TemplateFault::BadName(String::new())));
    }
}
