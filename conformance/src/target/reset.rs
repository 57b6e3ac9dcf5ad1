//! How a target is emptied between cases.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Endpoint;
use crate::client::control;

/// A call that empties a target before each case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "the map of a reset")]
pub struct Reset {
    /// the HTTP method, `POST` when left out
    #[serde(default = "post")]
    pub method: String,
    /// the path
    pub path: String,
    /// what is sent
    #[serde(default)]
    pub body: String,
}

fn post() -> String {
    "POST".to_owned()
}

impl Reset {
    /// Empties the target.
    pub(super) fn run(&self, endpoint: &Endpoint) -> Result<(), String> {
        control::ask(endpoint, &self.method, &self.path, &self.body)
            .map(drop)
            .map_err(|problem| format!("the target was not reset: {problem}"))
    }
}
