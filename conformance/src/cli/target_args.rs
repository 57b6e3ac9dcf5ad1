//! The options of commands that run cases against one target.

use std::num::NonZeroUsize;

use clap::Args;

/// Which target, and how many cases run on it at the same time.
#[derive(Debug, Clone, Args)]
pub struct TargetArgs {
    /// Name of a target (see `redeliver targets`), URL of an endpoint, or path of a target manifest
    #[arg(
        help_heading = "Target",
        long,
        value_name = "NAME|URL|FILE",
        default_value = "reference",
        env = "REDELIVER_TARGET"
    )]
    pub target: String,
    /// Cases that run at the same time; the target's own number, else one for each core
    #[arg(help_heading = "Target", short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// How many cases run at the same time: as many as were asked for, else the target's own number, else one for each core.
pub(super) fn jobs(asked: Option<NonZeroUsize>, own: Option<usize>) -> usize {
    asked.map(NonZeroUsize::get).or(own).unwrap_or_else(cores)
}

/// How many things this machine does at once.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
