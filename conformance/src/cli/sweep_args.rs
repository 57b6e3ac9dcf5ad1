//! Arguments of `sweep`.

use std::time::Duration;

use clap::Args;

use super::args::duration;
use super::aws_args::AwsArgs;
use crate::aws::RunId;

/// Examples of `sweep`.
pub(super) const SWEEP_EXAMPLES: &str = "\
Examples:
  What would be removed:
      redeliver sweep --allow-aws --account 123456789012 --dry-run
  What one run left, whatever its age:
      redeliver sweep --allow-aws --account 123456789012 --run k3xq7a

Only what has both the name and the tags of a run is removed: queues, topics with their subscriptions, streams with their consumers.
Exit code 0 when none of it is left, 1 when something could not be removed.";

/// Arguments of `sweep`.
#[derive(Debug, Clone, Args)]
pub struct SweepArgs {
    /// AWS by name, or path of a manifest for it
    #[arg(long, value_name = "NAME|FILE", default_value = "aws")]
    pub target: String,
    /// Only what runs left that began at least so long ago; one that still runs must not be swept
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "1h", conflicts_with = "run")]
    pub older_than: Duration,
    /// Only what this run left: the six characters after `redeliver-` in its names
    #[arg(long, value_name = "ID")]
    pub run: Option<RunId>,
    /// Remove nothing, and tell what would be removed
    #[arg(long)]
    pub dry_run: bool,
    /// Options for AWS itself.
    #[command(flatten)]
    pub aws: AwsArgs,
}
