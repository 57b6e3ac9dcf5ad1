//! The JSON of a model.

use redeliver_model::Service;
use serde_json::Value as Json;

/// One service's model.
pub(crate) struct Model {
    shapes: Json,
    operations: Json,
}

impl Model {
    /// The model in `fixtures/models`, with the names that were lost put back.
    pub(crate) fn load(service: Service) -> Self {
        let read = |name: &str| -> Json {
            let path = format!("{}/../../fixtures/models/{name}.json", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).expect("the models are in the project");
            serde_json::from_str(&text).expect("the models are JSON")
        };
        let mut model = read(service.prefix());
        if service == Service::Sqs {
            merge(&mut model["shapes"], &read("sqs-query")["shapes"]);
        }
        Self { shapes: model["shapes"].take(), operations: model["operations"].take() }
    }

    pub(crate) fn shape(&self, name: &str) -> &Json {
        &self.shapes[name]
    }

    /// Name of an operation's input or output shape.
    pub(crate) fn of_operation(&self, operation: &str, part: &str) -> Option<&str> {
        self.operations[operation][part]["shape"].as_str()
    }

    /// The shape that a reference leads to, with what the reference says of it.
    pub(crate) fn target<'a>(&'a self, reference: &'a Json) -> Target<'a> {
        let name = reference["shape"].as_str().expect("references name a shape");
        Target { name, shape: self.shape(name), reference }
    }
}

/// A shape as it is used in one place.
pub(crate) struct Target<'a> {
    pub(crate) name: &'a str,
    pub(crate) shape: &'a Json,
    reference: &'a Json,
}

impl Target<'_> {
    /// botocore's `serialization.get('name')`.
    pub(crate) fn location(&self) -> Option<&str> {
        self.reference["locationName"].as_str().or(self.shape["locationName"].as_str())
    }

    pub(crate) fn is_flattened(&self) -> bool {
        self.reference["flattened"] == true || self.shape["flattened"] == true
    }

    pub(crate) fn kind(&self) -> &str {
        self.shape["type"].as_str().expect("shapes have a type")
    }
}

fn merge(into: &mut Json, from: &Json) {
    match from {
        Json::Object(entries) => entries.iter().for_each(|(name, value)| merge(&mut into[name.as_str()], value)),
        other => *into = other.clone(),
    }
}
