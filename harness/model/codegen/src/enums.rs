//! Open enumerations: the values that the model knows, and any other text.

use std::fmt::Write as _;

use crate::names::{type_name, variant};
use crate::source::Model;

/// One enum for each enumerated string.
pub(crate) fn generate(model: &Model) -> String {
    let mut text = String::from(
        "//! Open enumerations: services may know values that the model does not.\n\nuse crate::{Mismatch, Typed, Value};\n",
    );
    for (name, shape) in model.shapes.iter().filter(|(_, shape)| !shape.values.is_empty()) {
        one(&mut text, name, &shape.values);
    }
    text
}

fn one(text: &mut String, name: &str, values: &[String]) {
    let rust = type_name(name);
    let _ = writeln!(
        text,
        "\n/// `{name}` of the API model.\n#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum {rust} {{"
    );
    for value in values {
        let _ = writeln!(text, "    /// `{value}`.\n    {},", variant(value));
    }
    let _ = writeln!(
        text,
        "    /// A value that the model does not know.\n    Other(Box<str>),\n}}\n\nimpl {rust} {{\n    /// The text on the wire.\n    pub fn as_str(&self) -> &str {{\n        match self {{"
    );
    for value in values {
        let _ = writeln!(text, "            Self::{} => \"{value}\",", variant(value));
    }
    let _ = writeln!(
        text,
        "            Self::Other(other) => other,\n        }}\n    }}\n}}\n\nimpl From<String> for {rust} {{\n    fn from(text: String) -> Self {{\n        match text.as_str() {{"
    );
    for value in values {
        let _ = writeln!(text, "            \"{value}\" => Self::{},", variant(value));
    }
    let _ = writeln!(
        text,
        "            _ => Self::Other(text.into_boxed_str()),\n        }}\n    }}\n}}\n\nimpl From<&str> for {rust} {{\n    fn from(text: &str) -> Self {{\n        Self::from(text.to_owned())\n    }}\n}}\n\nimpl From<{rust}> for String {{\n    fn from(value: {rust}) -> Self {{\n        value.as_str().to_owned()\n    }}\n}}\n\nimpl Typed for {rust} {{\n    fn from_value(value: Value) -> Result<Self, Mismatch> {{\n        String::from_value(value).map(Self::from)\n    }}\n\n    fn into_value(self) -> Value {{\n        Value::String(self.into())\n    }}\n}}"
    );
}
