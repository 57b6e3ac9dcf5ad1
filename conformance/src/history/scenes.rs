//! The queues that a history is about, as its own calls made them.

use std::collections::BTreeMap;

use redeliver_check::{Record, Scene, What};
use serde_json::{Value, json};

/// `VisibilityTimeout` of a queue that was created without one, in milliseconds.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html>
const VISIBILITY_MS: u64 = 30_000;

/// The queues that calls of this history created or changed; dead-letter queues stand in the scene of their source.
pub fn scenes(history: &[Record]) -> Vec<Scene> {
    let mut queues = BTreeMap::<String, Value>::new();
    let mut asked = BTreeMap::<u32, &Value>::new();
    for record in history {
        match &record.what {
            What::Invoke { input, .. } => {
                asked.insert(record.process, input);
            }
            What::Ok { call, output } => {
                let input = asked.get(&record.process).copied();
                let url = match call.as_str() {
                    "sqs:CreateQueue" => output.get("QueueUrl"),
                    "sqs:SetQueueAttributes" => input.and_then(|input| input.get("QueueUrl")),
                    _ => None,
                };
                let attributes = input.and_then(|input| input.get("Attributes"));
                if let Some(url) = url.and_then(Value::as_str) {
                    put(queues.entry(url.to_owned()).or_insert_with(|| json!({})), attributes);
                }
            }
            _ => {}
        }
    }
    let scenes: Vec<_> = queues.iter().map(|(url, attributes)| scene(url, attributes, &queues)).collect();
    let is_source = |scene: &Scene| !scenes.iter().any(|other| other.dead_letter.as_ref() == Some(&scene.queue));
    scenes.iter().filter(|scene| is_source(scene)).cloned().collect()
}

fn put(known: &mut Value, attributes: Option<&Value>) {
    if let (Value::Object(known), Some(Value::Object(attributes))) = (known, attributes) {
        known.extend(attributes.clone());
    }
}

fn scene(url: &str, attributes: &Value, queues: &BTreeMap<String, Value>) -> Scene {
    let text = |name: &str| attributes.get(name).and_then(Value::as_str);
    let redrive: Value = text("RedrivePolicy").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let name = redrive["deadLetterTargetArn"].as_str().and_then(|arn| arn.rsplit(':').next());
    let dead_letter = name.and_then(|name| queues.keys().find(|url| url.rsplit('/').next() == Some(name)));
    let count = &redrive["maxReceiveCount"];
    let count = count.as_u64().or_else(|| count.as_str()?.parse().ok()).and_then(|count| u32::try_from(count).ok());
    Scene {
        queue: url.to_owned(),
        dead_letter: dead_letter.cloned(),
        visibility_ms: text("VisibilityTimeout")
            .and_then(|text| text.parse::<u64>().ok())
            .map_or(VISIBILITY_MS, |s| s * 1000),
        max_receive_count: count,
        deduplication_per_group: text("DeduplicationScope") == Some("messageGroup"),
        topics: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use redeliver_check::{Record, Scene, What};
    use serde_json::{Value, json};

    use super::scenes;

    fn call(name: &str, input: Value, output: Value) -> [Record; 2] {
        let record = |what| Record { at_ms: 0, process: 0, what };
        let call = format!("sqs:{name}");
        [record(What::Invoke { call: call.clone(), input }), record(What::Ok { call, output })]
    }

    #[test]
    fn queues_are_as_their_calls_made_them_and_dead_letter_queues_belong_to_their_source() {
        let policy = r#"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:0:dead","maxReceiveCount":"3"}"#;
        let history = [
            call("CreateQueue", json!({ "QueueName": "dead" }), json!({ "QueueUrl": "http://h/0/dead" })),
            call(
                "CreateQueue",
                json!({ "QueueName": "jobs", "Attributes": { "VisibilityTimeout": "5" } }),
                json!({ "QueueUrl": "http://h/0/jobs" }),
            ),
            call(
                "SetQueueAttributes",
                json!({ "QueueUrl": "http://h/0/jobs", "Attributes": { "RedrivePolicy": policy } }),
                json!({}),
            ),
        ];
        let expected = Scene {
            queue: "http://h/0/jobs".to_owned(),
            dead_letter: Some("http://h/0/dead".to_owned()),
            visibility_ms: 5_000,
            max_receive_count: Some(3),
            deduplication_per_group: false,
            topics: Vec::new(),
        };
        assert_eq!(scenes(history.as_flattened()), [expected]);
    }
}
