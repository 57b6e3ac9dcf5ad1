//! How a target comes to be there.

use std::time::Duration;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::written::{Lasting, duration};
use super::{Container, Endpoint};
use crate::aws::Aws;

/// How a target comes to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The reference inside this process, in virtual time; every case has one of its own.
    InProcess,
    /// It is running already.
    Endpoint(Endpoint),
    /// A program that is started for the run and stopped afterwards.
    Command(Program),
    /// A container that is started for the run and removed afterwards.
    Container(Container),
    /// It is AWS.
    Aws(Aws),
}

/// A program that serves a target. `conformance/targets/README.md` lists the words that may stand in its texts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "the map of a command")]
pub struct Program {
    /// its name in the cache of targets or on the search path, or its path; `${redeliver}` for the program that runs
    pub program: String,
    /// its arguments
    #[serde(default)]
    pub args: Vec<String>,
    /// what is added to the environment
    #[serde(default)]
    pub environment: IndexMap<String, String>,
    /// files that are written for it, by name; they stand in the folder `${files}`
    #[serde(default)]
    pub files: IndexMap<String, String>,
    /// when it counts as started
    #[serde(default)]
    pub ready: Ready,
    /// a command that prints its version, program first
    #[serde(default)]
    pub version: Vec<String>,
    /// how to get it, a command or sentence that is shown when it is missing
    #[serde(default)]
    pub install: Option<String>,
}

/// When a program or container counts as started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "the map of readiness")]
pub struct Ready {
    /// a path that must answer a GET with a status below 500; without one, an accepted connection is enough, or for a container any such answer to `/`
    pub http: Option<String>,
    /// a text that it must have printed, too
    pub log: Option<String>,
    /// how long that may take
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "Lasting")]
    pub within: Duration,
}

impl Default for Ready {
    fn default() -> Self {
        Self { http: None, log: None, within: Duration::from_secs(30) }
    }
}
