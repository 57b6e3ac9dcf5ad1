//! What everything is tagged with that can be. Cases do not see these tags: they are put in where something is created, and taken out of
//! what is listed.

use redeliver_model::Service;
use serde_json::{Map, Value, json};

/// What the keys of these tags begin with.
const PREFIX: &str = "redeliver:";
/// The key of the run's id.
pub(super) const RUN: &str = "redeliver:run";
/// The key of the moment when the run began.
pub(super) const CREATED_AT: &str = "redeliver:created-at";
const CASE: &str = "redeliver:case";

/// The longest value of a tag.
const VALUE_CHARS_MAX: usize = 256;

/// Tags of what a case creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tags {
    pairs: [(&'static str, String); 3],
}

impl Tags {
    /// Tags of what this case creates in this run.
    pub(super) fn new(run: &str, case: &str, created_at: &str) -> Self {
        let case = case.chars().take(VALUE_CHARS_MAX).collect();
        Self { pairs: [(RUN, run.to_owned()), (CASE, case), (CREATED_AT, created_at.to_owned())] }
    }

    /// Puts them into a call that creates something which can be tagged. Where the case gives something that is no tags, it stays so.
    pub(super) fn put(&self, service: Service, operation: &str, input: &mut Value) {
        let Some(input) = input.as_object_mut() else { return };
        match (service, operation) {
            (Service::Sqs, "CreateQueue") => self.put_map(input, "tags"),
            (Service::Kinesis, "CreateStream" | "RegisterStreamConsumer") => self.put_map(input, "Tags"),
            (Service::Sns, "CreateTopic") => {
                let list = input.entry("Tags").or_insert_with(|| json!([]));
                if let Some(list) = list.as_array_mut() {
                    list.extend(self.pairs.iter().map(|(key, value)| json!({ "Key": key, "Value": value })));
                }
            }
            _ => {}
        }
    }

    fn put_map(&self, input: &mut Map<String, Value>, name: &str) {
        let map = input.entry(name).or_insert_with(|| json!({}));
        if let Some(map) = map.as_object_mut() {
            map.extend(self.pairs.iter().map(|(key, value)| ((*key).to_owned(), Value::from(value.as_str()))));
        }
    }
}

/// Takes them out of an answer that lists tags; where none is left of a queue's, the map is gone too, as SQS answers then.
pub(super) fn hide(service: Service, operation: &str, answer: &mut Value) {
    let Some(answer) = answer.as_object_mut() else { return };
    match (service, operation) {
        (Service::Sqs, "ListQueueTags") => {
            let Some(Value::Object(tags)) = answer.get_mut("Tags") else { return };
            let before = tags.len();
            tags.retain(|key, _| !key.starts_with(PREFIX));
            if tags.is_empty() && before > 0 {
                answer.remove("Tags");
            }
        }
        (Service::Sns | Service::Kinesis, "ListTagsForResource") | (Service::Kinesis, "ListTagsForStream") => {
            if let Some(Value::Array(tags)) = answer.get_mut("Tags") {
                tags.retain(|tag| !tag["Key"].as_str().is_some_and(|key| key.starts_with(PREFIX)));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(service: Service, operation: &str, mut input: Value) -> Value {
        Tags::new("abcdef", "a::b", "2026-11-26T14:25:33Z").put(service, operation, &mut input);
        input
    }

    #[test]
    fn what_is_created_is_tagged_beside_the_tags_of_the_case() {
        let map = json!({ RUN: "abcdef", CASE: "a::b", CREATED_AT: "2026-11-26T14:25:33Z" });
        let queue = tagged(Service::Sqs, "CreateQueue", json!({ "QueueName": "q" }));
        assert_eq!(queue, json!({ "QueueName": "q", "tags": map }));
        let stream = tagged(Service::Kinesis, "CreateStream", json!({ "Tags": { "own": "1" } }));
        let mut all = json!({ "own": "1" });
        all.as_object_mut().unwrap().extend(map.as_object().unwrap().clone());
        assert_eq!(stream, json!({ "Tags": all }));
        let topic = tagged(Service::Sns, "CreateTopic", json!({}));
        assert_eq!(topic["Tags"].as_array().unwrap().len(), 3);
        let odd = json!({ "tags": 7 });
        assert_eq!(tagged(Service::Sqs, "CreateQueue", odd.clone()), odd);
        assert_eq!(tagged(Service::Sqs, "SendMessage", json!({})), json!({}));
    }

    #[test]
    fn cases_do_not_see_them() {
        let mut queue = json!({ "Tags": { RUN: "abcdef" } });
        hide(Service::Sqs, "ListQueueTags", &mut queue);
        assert_eq!(queue, json!({}));
        let mut topic = json!({ "Tags": [{ "Key": CASE, "Value": "x" }, { "Key": "own", "Value": "1" }] });
        hide(Service::Sns, "ListTagsForResource", &mut topic);
        assert_eq!(topic, json!({ "Tags": [{ "Key": "own", "Value": "1" }] }));
    }
}
