//! `Command` and `Reply`: one variant an operation.

use std::fmt::Write as _;

use crate::names::type_name;
use crate::source::{Model, Operation, Reference};

/// Both enums with their conversions.
pub(crate) fn generate(model: &Model) -> String {
    let mut text = String::from(
        "//! What can be asked of the service, and what it answers.\n\nuse super::tables::OPERATIONS;\nuse super::types::*;\nuse crate::{Fields, Mismatch, Operation, Typed, Value};\n",
    );
    let mut operations: Vec<_> = model.operations.iter().collect();
    operations.sort_by_key(|(name, _)| *name);
    one(&mut text, "Command", "One call: the operation and its parameters.", &operations, |operation| {
        operation.input.as_ref()
    });
    one(&mut text, "Reply", "The result of one call.", &operations, |operation| operation.output.as_ref());
    text
}

fn one<'a>(
    text: &mut String,
    enumeration: &str,
    about: &str,
    operations: &[(&'a String, &'a Operation)],
    payload: impl Fn(&'a Operation) -> Option<&'a Reference>,
) {
    let _ = writeln!(text, "\n/// {about}\n#[derive(Debug, Clone, PartialEq)]\npub enum {enumeration} {{");
    for (name, operation) in operations {
        let inner =
            payload(operation).map_or_else(String::new, |reference| format!("({})", type_name(&reference.shape)));
        let _ = writeln!(text, "    /// `{name}`.\n    {name}{inner},");
    }
    let _ = writeln!(
        text,
        "}}\n\nimpl {enumeration} {{\n    /// The operation that this belongs to.\n    pub fn operation(&self) -> &'static Operation {{\n        match self {{"
    );
    for (index, (name, operation)) in operations.iter().enumerate() {
        let pattern = if payload(operation).is_some() { "(_)" } else { "" };
        let _ = writeln!(text, "            Self::{name}{pattern} => &OPERATIONS[{index}],");
    }
    let _ = writeln!(
        text,
        "        }}\n    }}\n\n    /// Reads the structure of the named operation; `None` when the service has no such operation.\n    pub fn from_value(operation: &str, value: Value) -> Option<Result<Self, Mismatch>> {{\n        Some(match operation {{"
    );
    for (name, operation) in operations {
        match payload(operation) {
            Some(_) => writeln!(text, "            \"{name}\" => Typed::from_value(value).map(Self::{name}),"),
            None => writeln!(text, "            \"{name}\" => Ok(Self::{name}),"),
        }
        .expect("writing to a string succeeds");
    }
    let _ = writeln!(
        text,
        "            _ => return None,\n        }})\n    }}\n\n    /// The structure as a value.\n    pub fn into_value(self) -> Value {{\n        match self {{"
    );
    for (name, operation) in operations {
        match payload(operation) {
            Some(_) => writeln!(text, "            Self::{name}(payload) => payload.into_value(),"),
            None => writeln!(text, "            Self::{name} => Value::Structure(Fields::new()),"),
        }
        .expect("writing to a string succeeds");
    }
    text.push_str("        }\n    }\n}\n");
}
