//! Members of structures, in place.

use redeliver_model::{Fields, Value};

/// The text of a member.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    match value {
        Value::Structure(fields) => match fields.get(name)? {
            Value::String(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The elements of a member that is a list; none when it is absent.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match value {
        Value::Structure(fields) => match fields.get(name) {
            Some(Value::List(items)) => items,
            _ => &[],
        },
        _ => &[],
    }
}

/// Puts a member in place of what was there, or takes it away.
pub(crate) fn with(value: &mut Value, name: &'static str, member: Option<Value>) {
    let Value::Structure(fields) = value else { return };
    let kept = std::mem::take(fields).into_iter().filter(|(known, _)| *known != name);
    let mut changed = Fields::new();
    kept.chain(member.map(|member| (name, member))).for_each(|(name, member)| changed.push(name, member));
    *fields = changed;
}
