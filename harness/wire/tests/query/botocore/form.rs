//! A structure as a form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use redeliver_model::Value;

use super::model::{Model, Target};

/// Names and values, neither of them escaped.
pub(crate) fn form(model: &Model, shape: &str, value: &Value) -> Vec<(String, String)> {
    let reference = serde_json::json!({ "shape": shape });
    let mut pairs = Vec::new();
    put(&mut pairs, model, &model.target(&reference), value, "");
    pairs
}

fn put(pairs: &mut Vec<(String, String)>, model: &Model, target: &Target<'_>, value: &Value, prefix: &str) {
    match value {
        Value::Structure(fields) => {
            for (name, value) in fields.iter() {
                let member = model.target(&target.shape["members"][name]);
                let name = member.location().unwrap_or(name);
                let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
                put(pairs, model, &member, value, &path);
            }
        }
        Value::List(items) if items.is_empty() => pairs.push((prefix.to_owned(), String::new())),
        Value::List(items) => {
            let member = model.target(&target.shape["member"]);
            let path = match (target.is_flattened(), member.location()) {
                (true, None) => prefix.to_owned(),
                (true, Some(name)) => match prefix.rsplit_once('.') {
                    Some((before, _)) => format!("{before}.{name}"),
                    None => name.to_owned(),
                },
                (false, name) => format!("{prefix}.{}", name.unwrap_or("member")),
            };
            for (index, item) in items.iter().enumerate() {
                put(pairs, model, &member, item, &format!("{path}.{}", index + 1));
            }
        }
        Value::Map(entries) => {
            let (key, value) = (model.target(&target.shape["key"]), model.target(&target.shape["value"]));
            let path = if target.is_flattened() { prefix.to_owned() } else { format!("{prefix}.entry") };
            for (index, (name, item)) in entries.iter().enumerate() {
                let path = format!("{path}.{}", index + 1);
                pairs.push((format!("{path}.{}", key.location().unwrap_or("key")), name.clone()));
                put(pairs, model, &value, item, &format!("{path}.{}", value.location().unwrap_or("value")));
            }
        }
        Value::Boolean(truth) => pairs.push((prefix.to_owned(), truth.to_string())),
        Value::Integer(number) => pairs.push((prefix.to_owned(), number.to_string())),
        Value::Double(number) => pairs.push((prefix.to_owned(), number.to_string())),
        Value::String(text) => pairs.push((prefix.to_owned(), text.clone())),
        Value::Blob(bytes) => pairs.push((prefix.to_owned(), BASE64.encode(bytes))),
        Value::Timestamp(_) => panic!("no input of these services has a time"),
    }
}
