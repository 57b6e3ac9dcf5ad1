//! The attributes of a message, prepared for policies.

use std::borrow::Cow;

use super::number::Number;
use super::value::Value;

/// Attributes by name, without those that policies do not see.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    by_name: Vec<(&'a str, Vec<Value<'a>>)>,
    any: bool,
}

impl<'a> Attributes<'a> {
    /// Takes each attribute as its name, its type and its text; those that have no text are binary.
    ///
    /// Policies do not see attributes of type `Binary`.
    /// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>
    pub(super) fn new(attributes: impl IntoIterator<Item = (&'a str, &'a str, Option<&'a str>)>) -> Self {
        let mut prepared = Self::default();
        for (name, kind, text) in attributes {
            prepared.any = true;
            if let Some(text) = text.filter(|_| !is_kind(kind, "Binary")) {
                prepared.by_name.push((name, values(kind, text)));
            }
        }
        prepared.by_name.sort_by_key(|(name, _)| *name);
        prepared
    }

    /// The values of an attribute, none if there is no such attribute.
    pub(super) fn get(&self, name: &str) -> &[Value<'a>] {
        match self.by_name.binary_search_by_key(&name, |(name, _)| name) {
            Ok(at) => &self.by_name[at].1,
            Err(_) => &[],
        }
    }

    /// Whether the message has any attribute at all.
    pub(super) fn is_any(&self) -> bool {
        self.any
    }
}

/// Whether a type is of this kind: behind a point it can have a label of the sender's own.
fn is_kind(found: &str, kind: &str) -> bool {
    found.strip_prefix(kind).is_some_and(|label| label.is_empty() || label.starts_with('.'))
}

/// A list offers each of its elements. One that is no list is taken as a plain text; the documentation is silent about it.
fn values<'a>(kind: &'a str, text: &'a str) -> Vec<Value<'a>> {
    if is_kind(kind, "Number") {
        return vec![Value::Number(Number::new(text))];
    }
    let list = if kind == "String.Array" { Value::list(text) } else { None };
    let mut values = list.unwrap_or_else(|| vec![Value::Text(text.into())]);
    for value in &mut values {
        if let Value::Text(text) = value
            && text.contains(['"', '\\'])
        {
            *text = Cow::Owned(escape(text));
        }
    }
    values
}

/// Quotation marks and backslashes stay escaped in attributes, so that policies have to escape them twice.
/// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::{Attributes, Number, Value};

    #[test]
    fn attributes_offer_values_of_their_types() {
        let attributes = Attributes::new([
            ("t", "String", Some("x")),
            ("n", "Number.int", Some("1.50")),
            ("a", "String.Array", Some(r#"["x", 1, true, false, null]"#)),
            ("b", "Binary", None),
            ("c", "Binary.gif", Some("x")),
            ("broken", "String.Array", Some("[[1]]")),
            ("q", "String", Some("\"\\")),
            ("own", "String.mine", Some("[1]")),
        ]);
        let text = |text: &'static str| Value::Text(text.into());
        assert_eq!(attributes.get("t"), [text("x")]);
        assert_eq!(attributes.get("n"), [Value::Number(Number::new("1.50"))]);
        let list = [text("x"), Value::Number(Number::new("1")), Value::True, Value::False, Value::Null];
        assert_eq!(attributes.get("a"), list);
        assert_eq!((attributes.get("b"), attributes.get("c"), attributes.get("none")), (&[][..], &[][..], &[][..]));
        assert_eq!(attributes.get("broken"), [text("[[1]]")]);
        assert_eq!(attributes.get("q"), [text("\\\"\\\\")]);
        assert_eq!(attributes.get("own"), [text("[1]")]);
        assert!(attributes.is_any() && !Attributes::new([]).is_any());
    }
}
