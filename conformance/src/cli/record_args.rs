//! Arguments of `redeliver record`, `verify` and `diff`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::args::{SelectionArgs, duration};
use super::aws_args::{AwsArgs, CostArgs};
use super::target_args::TargetArgs;

pub(super) const RECORD_EXAMPLES: &str = "\
Examples:
  What moto answers to one folder of specs, into fixtures/recordings/moto:
      redeliver record --target moto sqs/queues
  Your own endpoint:
      redeliver record --target http://127.0.0.1:9324 --out recorded 'sqs/fifo/**'
  AWS itself, once it was told what that costs:
      redeliver record --target aws --allow-aws --account 123456789012 sqs/queues

Account, caller, hosts, credentials, signatures and request ids are taken out, and receipt handles and other tokens are numbered. Cases that a recording \
can't play back (workloads, deliveries to endpoints) are left out, with the reason.
Exit codes: 0 recorded, 1 some cases could not run, 2 usage, 4 the target could not be reached or started, 130 interrupted; what \
was recorded is kept and marked.";

pub(super) const VERIFY_EXAMPLES: &str = "\
Examples:
  All that was recorded, without a network:
      redeliver verify --recordings fixtures/recordings/moto
  One case:
      redeliver verify --recordings fixtures/recordings/moto 'sqs/queues/names::*'

A case whose calls are no longer those of its recording could not run: record it again. Deviations that the target's manifest \
knows are told as known. Exit codes are those of `run`.";

pub(super) const DIFF_EXAMPLES: &str = "\
Examples:
  What moto answers otherwise than the reference:
      redeliver diff fixtures/recordings/reference fixtures/recordings/moto
  With texts of errors, headers, times and sequence numbers:
      redeliver diff --all before after

Exit codes: 0 the same, 1 differences, 2 usage.";

/// Arguments of `record`.
#[derive(Debug, Clone, Args)]
pub struct RecordArgs {
    /// Which cases.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// Against what.
    #[command(flatten)]
    pub on: TargetArgs,
    /// Leave out cases that must wait longer on a real clock, for example `90s`; the target's own limit otherwise
    #[arg(help_heading = "Selection", long, value_name = "DURATION", value_parser = duration)]
    pub max_wait: Option<Duration>,
    /// Account and region, on AWS.
    #[command(flatten)]
    pub aws: AwsArgs,
    /// What it may cost on AWS.
    #[command(flatten)]
    pub cost: CostArgs,
    /// Write into this folder, in place of a recording that is there; `fixtures/recordings/<target>` otherwise
    #[arg(help_heading = "Output", long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Arguments of `verify`.
#[derive(Debug, Clone, Args)]
pub struct VerifyArgs {
    /// Which cases of the recording.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// The folder of the recording
    #[arg(long, value_name = "DIR")]
    pub recordings: PathBuf,
    /// Whose known deviations count: a name, or the path of a manifest; those of the recorded target otherwise
    #[arg(long, value_name = "NAME|FILE")]
    pub target: Option<String>,
    /// Cases that are checked at the same time; one for each core otherwise
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// Arguments of `diff`.
#[derive(Debug, Clone, Args)]
pub struct DiffArgs {
    /// The folder of one recording
    #[arg(value_name = "A")]
    pub one: PathBuf,
    /// The folder of another
    #[arg(value_name = "B")]
    pub other: PathBuf,
    /// Also what is worded otherwise, headers, and what differs from run to run
    #[arg(long)]
    pub all: bool,
}
