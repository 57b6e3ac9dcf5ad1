//! `Command` and `Reply`: one variant an operation.

use std::fmt::Write as _;

use crate::names::{field, type_name};
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
    arn(&mut text, model, &operations);
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

/// Members that name what a call is about, those first that say it most closely.
const ARNS: [&str; 5] = ["ConsumerARN", "QueueARN", "ChannelARN", "ResourceARN", "StreamARN"];

/// A way to ask commands for the ARN of what they are about, where any of them has one.
fn arn(text: &mut String, model: &Model, operations: &[(&String, &Operation)]) {
    let named = |operation: &Operation| {
        let shape = operation.input.as_ref().and_then(|input| model.shapes.get(&input.shape));
        let has = |name: &&&str| shape.is_some_and(|shape| shape.members.contains_key(**name));
        let members: Vec<_> = ARNS.iter().filter(has).map(|name| field(name)).collect();
        let asked = members.iter().map(|member| format!("input.{member}.as_deref()"));
        asked.reduce(|first, next| format!("{first}.or({next})"))
    };
    if !operations.iter().any(|(_, operation)| named(operation).is_some()) {
        return;
    }
    text.push_str(
        "\nimpl Command {\n    /// The ARN of what this is about, where it names one.\n    pub fn arn(&self) -> Option<&str> {\n        match self {\n",
    );
    for (name, operation) in operations {
        if let Some(asked) = named(operation) {
            let _ = writeln!(text, "            Self::{name}(input) => {asked},");
        }
    }
    text.push_str("            _ => None,\n        }\n    }\n}\n");
}
