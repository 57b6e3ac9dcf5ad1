//! The schema, made from the types in `raw`.

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::Compiled;
use crate::problem::Findings;
use crate::raw::RawFile;

static COMPILED: LazyLock<Compiled> = LazyLock::new(|| Compiled::new(schema_value()));

/// Notes all breaches of the schema in a spec file.
pub(crate) fn check(file: &Value, findings: &mut Findings) {
    COMPILED.check(file, findings);
}

/// The JSON schema of spec files as it is checked in at `specs/schema.json`.
pub fn schema() -> String {
    format!("{:#}\n", schema_value())
}

/// The schema as a value.
pub(crate) fn schema_value() -> Value {
    schema_of::<RawFile>("a spec file")
}

/// The schema of the files that hold a `T`, in the manner in which it is checked.
pub(crate) fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    forbid_null(&mut schema);
    schema["title"] = json!(title);
    schema
}

/// A key is left out or has a value: null, which optional fields bring along, is not allowed.
fn forbid_null(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(mut options)) = map.remove("anyOf") {
                options.retain(|option| option["type"] != "null");
                match options.as_slice() {
                    [Value::Object(only)] => map.extend(only.clone()),
                    _ => drop(map.insert("anyOf".to_owned(), Value::Array(options))),
                }
            }
            map.values_mut().for_each(forbid_null);
        }
        Value::Array(items) => items.iter_mut().for_each(forbid_null),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
