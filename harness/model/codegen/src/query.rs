//! Names in the query protocol.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::source::{Model, Reference};

/// Names in the query protocol for a model that has lost them, by shape.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Names {
    metadata: Metadata,
    shapes: IndexMap<String, Naming>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    xml_namespace: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Naming {
    location_name: Option<String>,
    flattened: bool,
    members: IndexMap<String, Naming>,
    member: Option<Box<Naming>>,
    key: Option<Box<Naming>>,
    value: Option<Box<Naming>>,
}

/// Puts the names into the model.
pub(crate) fn restore(model: &mut Model, names: Names) -> Result<(), String> {
    model.metadata.xml_namespace = names.metadata.xml_namespace;
    for (shape, name) in names.shapes {
        let found =
            model.shapes.get_mut(&shape).ok_or_else(|| format!("the query names have an unknown shape {shape}"))?;
        found.location_name = name.location_name;
        found.flattened |= name.flattened;
        for (part, named) in
            [(&mut found.member, name.member), (&mut found.key, name.key), (&mut found.value, name.value)]
        {
            if let (Some(reference), Some(named)) = (part, named) {
                reference.location_name = named.location_name;
            }
        }
        for (member, named) in name.members {
            let reference = found.members.get_mut(&member);
            let reference =
                reference.ok_or_else(|| format!("the query names have an unknown member {shape}.{member}"))?;
            reference.location_name = named.location_name;
            reference.flattened |= named.flattened;
        }
    }
    Ok(())
}

/// All names that a structure's member goes by. Where only its target has a name of its own, SDKs differ in which they send, and AWS takes both.
pub(crate) fn of_member(model: &Model, member: &str, reference: &Reference) -> Vec<String> {
    let target = &model.shapes[&reference.shape];
    let flattened = reference.flattened || target.flattened;
    let element = target.member.as_ref().and_then(|element| element.location_name.clone()).filter(|_| flattened);
    match (element.or_else(|| reference.location_name.clone()), &target.location_name) {
        (Some(name), _) => vec![name],
        (None, Some(name)) => vec![name.clone(), member.to_owned()],
        (None, None) => vec![member.to_owned()],
    }
}

/// The name of a list's elements or of a map's keys or values.
pub(crate) fn of_part<'a>(reference: Option<&'a Reference>, otherwise: &'a str) -> &'a str {
    reference.and_then(|found| found.location_name.as_deref()).unwrap_or(otherwise)
}
