//! The JSON of the API models, as far as it is used.

use std::path::Path;

use indexmap::IndexMap;
use serde::Deserialize;

/// One service's model.
#[derive(Debug, Deserialize)]
pub(crate) struct Model {
    pub(crate) metadata: Metadata,
    pub(crate) operations: IndexMap<String, Operation>,
    #[serde(default)]
    pub(crate) paginators: IndexMap<String, Paginator>,
    pub(crate) shapes: IndexMap<String, Shape>,
}

impl Model {
    /// The ARNs that an operation cannot do without: the SDK wants them before it knows where to send to.
    pub(crate) fn required_arns(&self, operation: &str) -> Vec<&str> {
        let input = self.operations.get(operation).and_then(|operation| operation.input.as_ref());
        let required = input.and_then(|input| self.shapes.get(&input.shape)).map(|shape| &shape.required);
        required.into_iter().flatten().map(String::as_str).filter(|name| name.ends_with("ARN")).collect()
    }

    /// Whether it is the model of Kinesis.
    pub(crate) fn is_of_streams(&self) -> bool {
        self.metadata.target_prefix.as_deref().is_some_and(|prefix| prefix.starts_with("Kinesis"))
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata {
    pub(crate) api_version: String,
    pub(crate) protocol: String,
    pub(crate) json_version: Option<String>,
    pub(crate) target_prefix: Option<String>,
    pub(crate) xml_namespace: Option<String>,
    pub(crate) aws_query_compatible: Option<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Operation {
    pub(crate) input: Option<Reference>,
    pub(crate) output: Option<Reference>,
    #[serde(default)]
    pub(crate) errors: Vec<Reference>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Paginator {
    pub(crate) input_token: String,
    pub(crate) output_token: String,
    pub(crate) limit_key: Option<String>,
    /// A name, or several where a page joins more than one list.
    pub(crate) result_key: serde_json::Value,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reference {
    pub(crate) shape: String,
    pub(crate) location_name: Option<String>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(default)]
    pub(crate) flattened: bool,
}

#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "as the format has it")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) members: IndexMap<String, Reference>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    pub(crate) member: Option<Reference>,
    pub(crate) key: Option<Reference>,
    pub(crate) value: Option<Reference>,
    #[serde(default, rename = "enum")]
    pub(crate) values: Vec<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    #[serde(default)]
    pub(crate) flattened: bool,
    #[serde(rename = "locationName")]
    pub(crate) location_name: Option<String>,
    #[serde(default)]
    pub(crate) exception: bool,
    #[serde(default)]
    pub(crate) eventstream: bool,
    #[serde(default)]
    pub(crate) fault: bool,
    pub(crate) error: Option<ErrorTrait>,
}

/// Code and status of an error.
#[derive(Debug, Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorTrait {
    pub(crate) code: Option<String>,
    pub(crate) http_status_code: Option<u16>,
    pub(crate) sender_fault: Option<bool>,
}

/// Error traits that the models in this format lack, from AWS's Smithy models: service, then shape.
pub(crate) type ErrorTraits = IndexMap<String, IndexMap<String, ErrorTrait>>;

impl Model {
    /// Whether an operation is answered with a stream of events.
    pub(crate) fn has_event_stream(&self, operation: &str) -> bool {
        let output = self.operations.get(operation).and_then(|operation| operation.output.as_ref());
        let members = output.and_then(|output| self.shapes.get(&output.shape)).map(|shape| &shape.members);
        let is_stream = |member: &Reference| self.shapes.get(&member.shape).is_some_and(|shape| shape.eventstream);
        members.is_some_and(|members| members.values().any(is_stream))
    }
}

/// Reads one JSON file of `fixtures/models`.
pub(crate) fn read<T: serde::de::DeserializeOwned>(directory: &Path, name: &str) -> Result<T, String> {
    let path = directory.join(name);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("cannot understand {}: {error}", path.display()))
}
