//! The business key of a message.

use serde_json::Value;

use super::call::text;

/// Fields of a JSON body that are taken for the business key, the first that is there.
const FIELDS: [&str; 3] = ["key", "id", "order_id"];

/// Key of a message as it was sent or delivered: its attribute `key`, else a field of its JSON body, else its body.
pub(super) fn business_key(message: &Value) -> Option<String> {
    let attribute = message.pointer("/MessageAttributes/key/StringValue").and_then(Value::as_str);
    if let Some(key) = attribute {
        return Some(key.to_owned());
    }
    let body = text(message, "MessageBody").or_else(|| text(message, "Body"))?;
    let json: Option<Value> = serde_json::from_str(body).ok();
    let field = json.as_ref().and_then(|json| FIELDS.iter().find_map(|name| scalar(json.get(name)?)));
    Some(field.unwrap_or_else(|| body.to_owned()))
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::business_key;

    #[test]
    fn key_is_the_attribute_then_a_field_then_the_body() {
        let attribute = json!({ "key": { "DataType": "String", "StringValue": "k" } });
        let keys = [
            json!({ "MessageBody": r#"{"id":"b"}"#, "MessageAttributes": attribute }),
            json!({ "MessageBody": r#"{"total":5,"order_id":7}"# }),
            json!({ "Body": r#"{"total":5}"# }),
            json!({ "Body": "order-3" }),
            json!({}),
        ]
        .map(|message| business_key(&message));
        let expected = [Some("k"), Some("7"), Some(r#"{"total":5}"#), Some("order-3"), None];
        assert_eq!(keys, expected.map(|key| key.map(str::to_owned)));
    }
}
