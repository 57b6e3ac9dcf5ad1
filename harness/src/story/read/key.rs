//! The business key of a message.

use redeliver_check::KeyRule;
use serde_json::Value;

use super::call::text;

/// Key of a message as it was sent or delivered; `None` when its body is not there.
pub(super) fn business_key(message: &Value, rule: &KeyRule) -> Option<String> {
    if let Some(data) = text(message, "Data") {
        return Some(rule.key_of_data(data).into_owned());
    }
    let body = text(message, "MessageBody").or_else(|| text(message, "Body"))?;
    Some(rule.key(body, message.get("MessageAttributes")).into_owned())
}

#[cfg(test)]
mod tests {
    use redeliver_check::KeyRule;
    use serde_json::json;

    use super::business_key;

    #[test]
    fn key_is_found_in_what_is_sent_and_in_what_is_delivered() {
        let attribute = json!({ "key": { "DataType": "String", "StringValue": "k" } });
        let keys = [
            json!({ "MessageBody": r#"{"id":"b"}"#, "MessageAttributes": attribute }),
            json!({ "Body": r#"{"total":5,"order_id":7}"# }),
            json!({ "PartitionKey": "p", "Data": "eyJpZCI6OH0=" }),
            json!({}),
        ]
        .map(|message| business_key(&message, &KeyRule::Usual));
        assert_eq!(keys, [Some("k".to_owned()), Some("7".to_owned()), Some("8".to_owned()), None]);
    }
}
