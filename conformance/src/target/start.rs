//! How a target comes to be there.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_spec::step::parse_duration;
use serde::{Deserialize, Deserializer};

use super::Endpoint;

/// How a target comes to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The reference inside this process, in virtual time; every case has one of its own.
    InProcess,
    /// It is running already.
    Endpoint(Endpoint),
    /// A program that is started for the run and stopped afterwards.
    Command(Program),
}

/// A program that serves a target. In `args` and `environment` stand `${port}` for a free port, `${seed}` and
/// `${profile}` for those of the run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Program {
    /// Its name on the search path, or its path; `${redeliver}` for the program that runs.
    pub program: String,
    /// Its arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// What is added to the environment.
    #[serde(default)]
    pub environment: IndexMap<String, String>,
    /// When it counts as started.
    #[serde(default)]
    pub ready: Ready,
    /// A command that prints its version, program first; `${program}` stands for [`Program::program`].
    #[serde(default)]
    pub version: Vec<String>,
    /// How to get the program, a command or sentence that is shown when it is missing.
    #[serde(default)]
    pub install: Option<String>,
}

/// When a program counts as started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Ready {
    /// Path that must answer a GET with a status below 500; without one, an accepted connection is enough.
    pub http: Option<String>,
    /// How long that may take.
    #[serde(deserialize_with = "duration")]
    pub within: Duration,
}

impl Default for Ready {
    fn default() -> Self {
        Self { http: None, within: Duration::from_secs(30) }
    }
}

/// Reads `31s` and its like.
fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_duration(&text).map_err(serde::de::Error::custom)
}
