//! The JSON of this protocol as a structure.

use indexmap::IndexMap;
use redeliver_model::{Fields, Kind, Operation, Shape, Value};
use serde_json::{Map, Value as Json};

use super::read::wrong;
use crate::query::plain::name_of;
use crate::{Error, json};

/// The result in `{"OpResponse":..}`, and the id of the request.
pub(super) fn read(operation: &'static Operation, body: &[u8]) -> Result<(Value, Option<String>), Error> {
    let document: Json = serde_json::from_slice(body).map_err(|_| wrong("it is no JSON"))?;
    let name = format!("{}Response", operation.name);
    let response = document.get(&name).ok_or_else(|| wrong(format!("there is no `{name}`")))?;
    let output = match operation.result_name.and_then(|name| Some((name, response.get(name)?))) {
        None | Some((_, Json::Null)) => Value::Structure(Fields::new()),
        Some((name, result)) => structure(operation.output, result, name)?,
    };
    let id = response["ResponseMetadata"]["RequestId"].as_str();
    Ok((output, id.map(str::to_owned)))
}

fn structure(shape: &'static Shape, json: &Json, name: &str) -> Result<Value, Error> {
    let object = object(json, name)?;
    let mut fields = Fields::new();
    for member in shape.members() {
        match object.get(name_of(member.name)) {
            None | Some(Json::Null) => {}
            Some(json) => fields.push(member.name, one(member.shape, json, member.name)?),
        }
    }
    Ok(Value::Structure(fields))
}

fn one(shape: &'static Shape, json: &Json, name: &str) -> Result<Value, Error> {
    match &shape.kind {
        Kind::Structure { .. } => structure(shape, json, name),
        Kind::List { member, .. } => {
            list(json, name)?.iter().map(|item| one(member, item, name)).collect::<Result<_, _>>().map(Value::List)
        }
        Kind::Map { value, key_name, value_name, .. } => {
            let mut entries = IndexMap::new();
            for entry in list(json, name)? {
                let entry = object(entry, name)?;
                if let (Some(Json::String(key)), Some(item)) = (entry.get(*key_name), entry.get(*value_name)) {
                    entries.insert(key.clone(), one(value, item, name)?);
                }
            }
            Ok(Value::Map(entries))
        }
        _ => json::read(shape, json.clone()),
    }
}

fn object<'a>(json: &'a Json, name: &str) -> Result<&'a Map<String, Json>, Error> {
    json.as_object().ok_or_else(|| wrong(format!("`{name}` is no object")))
}

fn list<'a>(json: &'a Json, name: &str) -> Result<&'a Vec<Json>, Error> {
    json.as_array().ok_or_else(|| wrong(format!("`{name}` is no list")))
}
