//! Messages that say something else to each protocol: `MessageStructure` `json`.
//! <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>

use std::collections::BTreeMap;

use serde_json::Value;

use crate::sns::publish_fault::PublishFault;
use crate::sns::published::Bodies;

/// Reads the object. Values that are no texts are left out; of a key that stands twice the last counts: AWS takes both, as recorded.
pub(super) fn read(message: &str) -> Result<Bodies, PublishFault> {
    let parsed = serde_json::from_str(message).map_err(|_| PublishFault::StructureUnreadable)?;
    let Value::Object(members) = parsed else { return Err(PublishFault::StructureWithoutDefault) };
    let text = |(key, value)| match value {
        Value::String(text) => Some((key, text)),
        _ => None,
    };
    let mut by_protocol: BTreeMap<String, String> = members.into_iter().filter_map(text).collect();
    let default = by_protocol.remove("default").ok_or(PublishFault::StructureWithoutDefault)?;
    Ok(Bodies { default, by_protocol })
}

#[cfg(test)]
mod tests {
    use super::{PublishFault, read};

    #[test]
    fn default_is_needed_and_texts_alone_count() {
        let bodies = read(r#"{"default":"d","sqs":"s","http":1,"sqs":"t"}"#).unwrap();
        assert_eq!((bodies.default.as_str(), bodies.by_protocol.len(), &*bodies.by_protocol["sqs"]), ("d", 1, "t"));
        for message in [r#"{"sqs":"s"}"#, r#"{"default":{}}"#, "[]", "1"] {
            assert_eq!(read(message), Err(PublishFault::StructureWithoutDefault), "{message}");
        }
        assert_eq!(read("{"), Err(PublishFault::StructureUnreadable));
    }
}
