//! Arguments of `redeliver fuzz`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use redeliver_model::Service;

use super::args::duration;

pub(super) const FUZZ_EXAMPLES: &str = "\
Examples:
  What moto does otherwise than the reference, for a minute:
      redeliver fuzz --target moto --service sqs --for 60s
  Your own endpoint, the specs into a folder, then against the reference and the endpoint:
      redeliver fuzz --target http://127.0.0.1:9324 --service sqs --out found
      redeliver run --specs found --target http://127.0.0.1:9324

Each difference becomes a spec file that the target fails and the other one passes. Look up what AWS does before you believe either.
Exit codes: 0 no difference, 1 differences, 2 usage, 4 a target could not be reached or started, 130 interrupted; what was found is kept.";

/// Arguments of `fuzz`.
#[derive(Debug, Clone, Args)]
pub struct FuzzArgs {
    /// The target that is looked at: a name, the URL of an endpoint, or the path of a manifest
    #[arg(long, value_name = "NAME|URL|FILE", env = "REDELIVER_TARGET")]
    pub target: String,
    /// The target that says what is right
    #[arg(long, value_name = "NAME|URL|FILE", default_value = "reference")]
    pub against: String,
    /// Whose operations are called
    #[arg(long, value_name = "NAME", value_parser = services())]
    pub service: Service,
    /// How many programs are drawn, each from a seed of its own
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub seeds: u64,
    /// The first seed: the same seed gives the same program
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub first_seed: u64,
    /// Stop after this time, for example `60s`
    #[arg(long = "for", value_name = "DURATION", value_parser = duration)]
    pub time: Option<Duration>,
    /// The most calls of a program, besides those that open and close it
    #[arg(long, value_name = "N", default_value = "12")]
    pub steps: NonZeroUsize,
    /// Programs that are played at the same time; one for each core, and one alone where both targets have virtual time
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Write the specs into this folder; files of the same name are replaced
    #[arg(long, value_name = "DIR", default_value = "redeliver-fuzz")]
    pub out: PathBuf,
    /// Take the spec files of this folder for what is stated already, instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "REDELIVER_SPECS")]
    pub specs: Option<PathBuf>,
}

fn services() -> impl TypedValueParser<Value = Service> {
    PossibleValuesParser::new(Service::ALL.map(Service::prefix))
        .try_map(|prefix| Service::from_prefix(&prefix).ok_or_else(|| format!("there is no service `{prefix}`")))
}
