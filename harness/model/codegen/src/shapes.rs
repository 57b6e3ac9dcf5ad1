//! Shape tables.

use std::fmt::Write as _;

use crate::names::constant;
use crate::query::{of_member, of_part};
use crate::source::{Model, Reference, Shape};

/// One static for each shape, and an empty structure for operations that have no input or output.
pub(crate) fn generate(model: &Model) -> String {
    let mut text = String::from("//! Shape tables.\n\nuse crate::{Constraints, Kind, Member, Shape};\n");
    for (name, shape) in &model.shapes {
        let _ = writeln!(
            text,
            "\n/// `{name}`.\npub static {}: Shape = Shape {{\n    name: \"{name}\",\n    kind: {},\n    constraints: {},\n}};",
            constant(name),
            kind(model, name, shape),
            constraints(shape)
        );
    }
    text.push_str("\n/// What operations without parameters or result have.\npub static NOTHING: Shape = Shape {\n    name: \"Nothing\",\n    kind: Kind::Structure { members: &[] },\n    constraints: Constraints { min: None, max: None, pattern: None, values: &[] },\n};\n");
    text
}

fn kind(model: &Model, name: &str, shape: &Shape) -> String {
    match shape.kind.as_str() {
        "structure" => {
            let variant = if shape.eventstream { "EventStream" } else { "Structure" };
            let mut members = String::new();
            for (member, reference) in &shape.members {
                let _ = write!(
                    members,
                    "\n        Member {{ name: \"{member}\", shape: &{}, required: {}, deprecated: {}, flattened: {}, query_names: &{:?} }},",
                    constant(&reference.shape),
                    shape.required.contains(member),
                    reference.deprecated,
                    reference.flattened,
                    of_member(model, member, reference)
                );
            }
            let end = if members.is_empty() { "" } else { "\n    " };
            format!("Kind::{variant} {{ members: &[{members}{end}] }}")
        }
        "list" => format!(
            "Kind::List {{ member: {}, flattened: {}, member_name: {:?} }}",
            target(name, shape.member.as_ref()),
            shape.flattened,
            of_part(shape.member.as_ref(), "member")
        ),
        "map" => format!(
            "Kind::Map {{ key: {}, value: {}, flattened: {}, key_name: {:?}, value_name: {:?} }}",
            target(name, shape.key.as_ref()),
            target(name, shape.value.as_ref()),
            shape.flattened,
            of_part(shape.key.as_ref(), "key"),
            of_part(shape.value.as_ref(), "value")
        ),
        "string" => "Kind::String".to_owned(),
        "integer" => "Kind::Integer".to_owned(),
        "long" => "Kind::Long".to_owned(),
        "double" | "float" => "Kind::Double".to_owned(),
        "boolean" => "Kind::Boolean".to_owned(),
        "blob" => "Kind::Blob".to_owned(),
        "timestamp" => "Kind::Timestamp".to_owned(),
        other => panic!("shape {name} has the kind {other}, which the generator does not know"),
    }
}

fn target(name: &str, reference: Option<&Reference>) -> String {
    format!("&{}", constant(&reference.unwrap_or_else(|| panic!("shape {name} lacks its member, key or value")).shape))
}

fn constraints(shape: &Shape) -> String {
    let values: Vec<_> = shape.values.iter().map(|value| format!("\"{value}\"")).collect();
    format!(
        "Constraints {{ min: {:?}, max: {:?}, pattern: {:?}, values: &[{}] }}",
        shape.min,
        shape.max,
        shape.pattern,
        values.join(", ")
    )
}
