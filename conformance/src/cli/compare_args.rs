//! The options of `compare`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args};

use super::args::duration;
use super::aws_args::{AwsArgs, CostArgs};
use crate::compare::Wish;

/// Examples in the help of `compare`.
pub(super) const COMPARE_EXAMPLES: &str = "\
Examples:
  Two targets that are started for it, one after the other:
      redeliver compare --target reference --target moto
  Reports of runs that were made before, as one page with every deviation:
      redeliver run --target moto --report json=moto.json
      redeliver compare moto.json elasticmq.json --report html=comparison.html
  Two versions of one target:
      redeliver compare old=moto-5.1.json new=moto-5.2.json
  Only what is about order, also for a repository:
      redeliver compare --target reference --target moto --only 'sqs/fifo/**' --report markdown=COMPARISON.md

A deviation counts whether it is known or not, and what was skipped never counts as passed.

Exit codes: 0 it was compared, whatever it shows, 2 usage: no targets, a name that is there twice, a file that is no report, 4 a target could not be \
reached or started (its cases could not run), 130 interrupted; what there is is written";

/// Options of `compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Reports of `redeliver run --report json=FILE`; `NAME=` before one gives its target another name
    #[arg(value_name = "REPORT")]
    pub reports: Vec<String>,
    /// Run this target first: a name, a manifest or an address, as in `redeliver run`; may be repeated
    #[arg(help_heading = "Running", short, long, value_name = "TARGET")]
    pub target: Vec<String>,
    /// Run only these cases: globs over their ids, as in `redeliver run`; may be repeated
    #[arg(help_heading = "Running", long, value_name = "SELECTOR", requires = "target", allow_hyphen_values = true)]
    pub only: Vec<String>,
    /// Use the spec files of this folder instead of the built-in ones
    #[arg(help_heading = "Running", long, value_name = "DIR", env = "REDELIVER_SPECS")]
    pub specs: Option<PathBuf>,
    /// Cases that run at the same time; each target's own number, else one for each core
    #[arg(help_heading = "Running", short, long, value_name = "N", requires = "target")]
    pub jobs: Option<NonZeroUsize>,
    /// Skip cases that must wait longer on a real clock; each target's own limit otherwise
    #[arg(help_heading = "Running", long, value_name = "DURATION", value_parser = duration, requires = "target")]
    pub max_wait: Option<Duration>,
    /// Account and region, where a target is AWS.
    #[command(flatten)]
    pub aws: AwsArgs,
    /// What it may cost on AWS.
    #[command(flatten)]
    pub cost: CostArgs,
    /// Write a report of KIND `markdown`, `json` or `html`; `-` is standard output; may be repeated
    #[arg(help_heading = "Output", long, value_name = "KIND=FILE", action = ArgAction::Append)]
    pub report: Vec<Wish>,
}
