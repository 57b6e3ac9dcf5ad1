//! Manifests as they are written; what these types say, the schema says.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::Service;
use redeliver_spec::step::parse_duration;
use redeliver_spec::{Feature, Format};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use super::{Avoided, Clock, Container, Credentials, Program, Reset, Tolerance, Tried};
use crate::aws::Aws;
use crate::known::Known;

/// The format of target manifests.
pub(super) static FORMAT: LazyLock<Format> = LazyLock::new(|| Format::of::<Written>("a target manifest"));

/// The JSON schema of target manifests, for editors.
pub fn schema() -> String {
    FORMAT.schema()
}

/// What specs are run against: how it comes to be there, what it has, and how it is known to deviate from AWS.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Manifest", title = "a target manifest")]
pub(super) struct Written {
    /// its name on the command line
    pub(super) name: Text,
    /// what it is, in one sentence
    pub(super) about: Text,
    /// what it has; cases that need more are skipped
    #[schemars(length(min = 1))]
    pub(super) features: Vec<Feature>,
    /// the services that it has; those of its features when left out
    pub(super) services: Option<Vec<Served>>,
    /// whether it is the reference in this process, in virtual time
    #[serde(default)]
    pub(super) in_process: bool,
    /// where it answers already, for example `http://127.0.0.1:4566`
    pub(super) endpoint: Option<String>,
    /// a program that is started for the run
    pub(super) command: Option<Program>,
    /// a container that is started for the run
    pub(super) container: Option<Container>,
    /// AWS itself, in the account that the user names
    pub(super) aws: Option<Aws>,
    /// services that answer elsewhere, by name
    #[serde(default)]
    pub(super) endpoints: WrittenEndpoints,
    /// the region that calls are signed for, `us-east-1` when left out
    pub(super) region: Option<Text>,
    /// the account that owns what is created; the target is asked when it is left out
    pub(super) account: Option<Account>,
    /// what calls are signed with, `test` and `test` when left out
    #[serde(default)]
    pub(super) credentials: Credentials,
    /// cases that must wait longer on a real clock are skipped
    pub(super) max_wait: Option<Lasting>,
    /// how many cases run at the same time
    #[schemars(range(min = 1))]
    pub(super) jobs: Option<usize>,
    /// how often a case that fails the run is repeated, alone
    pub(super) retries: Option<u32>,
    /// how its clock can be put ahead
    pub(super) clock: Option<Clock>,
    /// a call that empties it before each case; cases then take turns
    pub(super) reset: Option<Reset>,
    /// deviations that are overlooked wherever a case is not about them
    #[serde(default)]
    pub(super) tolerate: Vec<Tolerance>,
    /// what a user should know of it that no other key says, a sentence each
    #[serde(default)]
    pub(super) quirks: Vec<Text>,
    /// the version for which this file was written and tried, and when
    pub(super) tried: Option<Tried>,
    /// cases that are never run, because they would end it or make it deaf
    #[serde(default)]
    pub(super) avoid: Vec<Avoided>,
    /// known deviations; they are checked both ways
    #[serde(default)]
    pub(super) known: Vec<Known>,
}

/// Services that answer elsewhere.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Endpoints", title = "the map of endpoints")]
pub(super) struct WrittenEndpoints {
    /// where SQS answers
    pub(super) sqs: Option<String>,
    /// where SNS answers
    pub(super) sns: Option<String>,
    /// where Kinesis answers
    pub(super) kinesis: Option<String>,
}

impl WrittenEndpoints {
    /// Those that are there.
    pub(super) fn by_service(self) -> IndexMap<Service, String> {
        let all = [(Service::Sqs, self.sqs), (Service::Sns, self.sns), (Service::Kinesis, self.kinesis)];
        all.into_iter().filter_map(|(service, endpoint)| Some((service, endpoint?))).collect()
    }
}

/// The name of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Service")]
pub(super) enum Served {
    /// queues
    Sqs,
    /// topics
    Sns,
    /// streams
    Kinesis,
}

impl Served {
    /// The service.
    pub(super) fn service(self) -> Service {
        match self {
            Self::Sqs => Service::Sqs,
            Self::Sns => Service::Sns,
            Self::Kinesis => Service::Kinesis,
        }
    }
}

/// A text of a form: type, noun, pattern, remedy.
macro_rules! text {
    ($name:ident, $noun:literal, $pattern:literal, $remedy:literal) => {
        #[doc = $remedy]
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(transparent)]
        pub(super) struct $name(pub(super) String);

        // By hand, because the derive takes no literals that come out of a macro.
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "title": $noun, "description": $remedy, "type": "string", "pattern": $pattern })
            }
        }
    };
}

text! { Text, "a text", r"\S", "write a text" }
text! { Account, "an account id", "^[0-9]{12}$", "write twelve digits in quotes" }

/// A duration such as `31s`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lasting(pub(super) Duration);

impl Lasting {
    /// How long.
    pub(crate) fn duration(self) -> Duration {
        self.0
    }
}

impl<'de> Deserialize<'de> for Lasting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_duration(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Lasting {
    fn schema_name() -> Cow<'static, str> {
        Cow::Borrowed("Duration")
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let remedy = "write a whole number with `ms`, `s`, `m`, `h` or `d`, for example `31s`";
        json_schema!({ "title": "a duration", "description": remedy, "type": "string", "pattern": "^[0-9]+(ms|s|m|h|d)$" })
    }
}

/// Reads `31s` and its like.
pub(super) fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    Lasting::deserialize(deserializer).map(|lasting| lasting.0)
}
