//! Handles of message move tasks: as on AWS, base64 of a JSON object with the task's id and its source.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::Uuid;

/// What names a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TaskHandle {
    pub(super) task: Uuid,
    pub(super) source_arn: String,
}

impl TaskHandle {
    /// The text that clients get.
    pub(super) fn to_text(&self) -> String {
        let document = json!({ "taskId": self.task.to_text(), "sourceArn": self.source_arn });
        STANDARD.encode(document.to_string())
    }

    /// Reads the text; `None` when it is no handle.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let document: Value = serde_json::from_slice(&STANDARD.decode(text).ok()?).ok()?;
        let task = Uuid::parse(document.get("taskId")?.as_str()?)?;
        Some(Self { task, source_arn: document.get("sourceArn")?.as_str()?.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::TaskHandle;
    use crate::Uuid;

    #[test]
    fn handle_is_base64_of_json_and_reads_back() {
        let handle = TaskHandle { task: Uuid(7), source_arn: "arn:aws:sqs:us-east-1:000000000000:dlq".to_owned() };
        let json = String::from_utf8(STANDARD.decode(handle.to_text()).unwrap()).unwrap();
        assert_eq!(
            json,
            r#"{"taskId":"00000000-0000-0000-0000-000000000007","sourceArn":"arn:aws:sqs:us-east-1:000000000000:dlq"}"#
        );
        assert_eq!(TaskHandle::parse(&handle.to_text()), Some(handle));
    }

    #[test]
    fn other_texts_are_no_handles() {
        for text in ["", "foobared", "e30=", &STANDARD.encode(r#"{"taskId":"1","sourceArn":"a"}"#)] {
            assert_eq!(TaskHandle::parse(text), None, "{text}");
        }
    }
}
