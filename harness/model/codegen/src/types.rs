//! Structures.

use std::fmt::Write as _;

use crate::names::{field, type_name};
use crate::source::{Model, Shape};

/// Structures with their conversions, and event streams as enums.
pub(crate) fn generate(model: &Model) -> String {
    let mut text = String::from(
        "//! Structures.\n\nuse bytes::Bytes;\nuse indexmap::IndexMap;\n\nuse super::enums::*;\nuse crate::{Fields, Mismatch, Timestamp, Typed, Value};\n",
    );
    for (name, shape) in &model.shapes {
        if shape.eventstream {
            event_stream(&mut text, model, name, shape);
        } else if shape.kind == "structure" {
            structure(&mut text, model, name, shape);
        }
    }
    text
}

/// The Rust type for a shape.
pub(crate) fn rust_type(model: &Model, name: &str) -> String {
    let shape = &model.shapes[name];
    match shape.kind.as_str() {
        "structure" if shape.eventstream => format!("Vec<{}>", type_name(name)),
        "structure" => type_name(name),
        "list" => format!("Vec<{}>", rust_type(model, &reference(shape.member.as_ref(), name))),
        "map" => format!(
            "IndexMap<{}, {}>",
            rust_type(model, &reference(shape.key.as_ref(), name)),
            rust_type(model, &reference(shape.value.as_ref(), name))
        ),
        "string" if !shape.values.is_empty() => type_name(name),
        "string" => "String".to_owned(),
        "integer" => "i32".to_owned(),
        "long" => "i64".to_owned(),
        "double" | "float" => "f64".to_owned(),
        "boolean" => "bool".to_owned(),
        // Streams hold records by the million and hand each to many readers: they share the bytes.
        "blob" if model.is_of_streams() => "Bytes".to_owned(),
        "blob" => "Vec<u8>".to_owned(),
        "timestamp" => "Timestamp".to_owned(),
        other => panic!("shape {name} has the kind {other}, which the generator does not know"),
    }
}

fn reference(found: Option<&crate::source::Reference>, name: &str) -> String {
    found.unwrap_or_else(|| panic!("shape {name} lacks its member, key or value")).shape.clone()
}

fn structure(text: &mut String, model: &Model, name: &str, shape: &Shape) {
    let rust = type_name(name);
    let _ = writeln!(
        text,
        "\n/// `{name}` of the API model.\n#[derive(Debug, Clone, Default, PartialEq)]\npub struct {rust} {{"
    );
    for (member, reference) in &shape.members {
        let required = if shape.required.contains(member) { ", required" } else { "" };
        let deprecated = if reference.deprecated { ", deprecated" } else { "" };
        let _ = writeln!(text, "    /// `{member}`{required}{deprecated}.");
        let _ = writeln!(text, "    pub {}: Option<{}>,", field(member), rust_type(model, &reference.shape));
    }
    let fields = if shape.members.is_empty() { "_fields" } else { "mut fields" };
    let _ = writeln!(
        text,
        "}}\n\nimpl Typed for {rust} {{\n    fn from_value(value: Value) -> Result<Self, Mismatch> {{\n        let {fields} = match value {{\n            Value::Structure(fields) => fields,\n            other => return Err(Mismatch::new(\"a structure\", &other)),\n        }};\n        Ok(Self {{"
    );
    for member in shape.members.keys() {
        let _ = writeln!(text, "            {}: fields.take(\"{member}\")?,", field(member));
    }
    let fields = if shape.members.is_empty() { "fields" } else { "mut fields" };
    let _ = writeln!(
        text,
        "        }})\n    }}\n\n    fn into_value(self) -> Value {{\n        let {fields} = Fields::new();"
    );
    for member in shape.members.keys() {
        let _ = writeln!(text, "        fields.put(\"{member}\", self.{});", field(member));
    }
    text.push_str("        Value::Structure(fields)\n    }\n}\n");
}

fn event_stream(text: &mut String, model: &Model, name: &str, shape: &Shape) {
    let rust = type_name(name);
    let _ = writeln!(
        text,
        "\n/// `{name}` of the API model: one event of the stream.\n#[derive(Debug, Clone, PartialEq)]\npub enum {rust} {{"
    );
    for (member, reference) in &shape.members {
        let _ =
            writeln!(text, "    /// `{member}`.\n    {}({}),", type_name(member), rust_type(model, &reference.shape));
    }
    let _ = writeln!(
        text,
        "}}\n\nimpl Typed for {rust} {{\n    fn from_value(value: Value) -> Result<Self, Mismatch> {{\n        let mut fields = match value {{\n            Value::Structure(fields) => fields,\n            other => return Err(Mismatch::new(\"an event\", &other)),\n        }};"
    );
    for member in shape.members.keys() {
        let variant = type_name(member);
        let _ = writeln!(
            text,
            "        if let Some(event) = fields.take(\"{member}\")? {{\n            return Ok(Self::{variant}(event));\n        }}"
        );
    }
    text.push_str("        Err(Mismatch::new(\"an event\", &Value::Structure(fields)))\n    }\n\n    fn into_value(self) -> Value {\n        let mut fields = Fields::new();\n        match self {\n");
    for member in shape.members.keys() {
        let variant = type_name(member);
        let _ = writeln!(text, "            Self::{variant}(event) => fields.put(\"{member}\", Some(event)),");
    }
    text.push_str("        }\n        Value::Structure(fields)\n    }\n}\n");
}
