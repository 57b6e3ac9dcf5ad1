//! Elements as a structure.

use indexmap::IndexMap;
use redeliver_model::{Fields, Kind, Operation, Shape, Value};

use super::element::Element;
use super::read::wrong;
use crate::Error;
use crate::query::decode::is_flattened;
use crate::query::scalar;

/// The result in `<OpResponse>`, and the id of the request.
pub(super) fn read(operation: &'static Operation, root: &Element) -> Result<(Value, Option<String>), Error> {
    if root.name.strip_suffix("Response") != Some(operation.name) {
        return Err(wrong(format!("`{}` is no answer to `{}`", root.name, operation.name)));
    }
    let result = operation.result_name.and_then(|name| root.child(name));
    let output = match result {
        Some(result) => structure(operation.output, result)?,
        None => Value::Structure(Fields::new()),
    };
    let id = root.child("ResponseMetadata").and_then(|metadata| metadata.child("RequestId"));
    Ok((output, id.map(|id| id.text.trim().to_owned())))
}

fn structure(shape: &'static Shape, element: &Element) -> Result<Value, Error> {
    let mut fields = Fields::new();
    for member in shape.members() {
        let elements: Vec<_> = element.named(member.query_names[0]).collect();
        let Some(first) = elements.first() else { continue };
        let value = match &member.shape.kind {
            Kind::List { .. } | Kind::Map { .. } if is_flattened(member) => several(member.shape, &elements),
            _ => one(member.shape, first),
        };
        fields.push(member.name, value?);
    }
    Ok(Value::Structure(fields))
}

fn one(shape: &'static Shape, element: &Element) -> Result<Value, Error> {
    match &shape.kind {
        Kind::Structure { .. } | Kind::EventStream { .. } => structure(shape, element),
        Kind::List { member_name, .. } => several(shape, &element.named(member_name).collect::<Vec<_>>()),
        Kind::Map { .. } => several(shape, &element.named("entry").collect::<Vec<_>>()),
        Kind::String => Ok(Value::String(element.text.clone())),
        kind => scalar::read(kind, element.text.trim()),
    }
}

/// The elements of a list or the entries of a map. An entry that lacks its key or value is ignored.
fn several(shape: &'static Shape, elements: &[&Element]) -> Result<Value, Error> {
    match &shape.kind {
        Kind::Map { value, key_name, value_name, .. } => {
            let mut entries = IndexMap::new();
            for element in elements {
                if let (Some(key), Some(item)) = (element.child(key_name), element.child(value_name)) {
                    entries.insert(key.text.clone(), one(value, item)?);
                }
            }
            Ok(Value::Map(entries))
        }
        Kind::List { member, .. } => {
            elements.iter().map(|element| one(member, element)).collect::<Result<_, _>>().map(Value::List)
        }
        _ => Err(wrong(format!("`{}` has no elements", shape.name))),
    }
}
