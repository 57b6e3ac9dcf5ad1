//! Every command and option, with its help.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use redeliver_spec::step::parse_duration;
use redeliver_spec::{Feature, Guarantee, Level};

use super::aws_args::{AwsArgs, CostArgs};
use super::chaos_args::{CHAOS_EXAMPLES, ChaosArgs};
use super::check_args::{CHECK_EXAMPLES, CheckArgs};
use super::compare_args::{COMPARE_EXAMPLES, CompareArgs};
#[cfg(feature = "fuzz")]
use super::fuzz_args::{FUZZ_EXAMPLES, FuzzArgs};
use super::page_args::{COMPLETIONS_EXAMPLES, CompletionsArgs, MAN_EXAMPLES, ManArgs};
use super::proxy_args::{PROXY_EXAMPLES, ProxyArgs};
use super::record_args::{DIFF_EXAMPLES, DiffArgs, RECORD_EXAMPLES, RecordArgs, VERIFY_EXAMPLES, VerifyArgs};
use super::serve_args::{SERVE_EXAMPLES, ServeArgs};
use super::sweep_args::{SWEEP_EXAMPLES, SweepArgs};
use super::target_args::TargetArgs;
use crate::report::files::{Destination, Wish};
use crate::select::Shard;
use crate::target::Profile;

const EXIT_CODES: &str = "\
Exit codes:
  0    everything that had to hold did
  1    failures: failed, unexpected pass, vacuous, could not run; a known deviation about no case
  2    usage: nothing was run; also when the selection is empty
  3    spec files are invalid; nothing was run
  4    the target could not be reached or started, or died during the run
  130  interrupted by Ctrl-C; reports are written and marked
  143  ended by SIGTERM; as with Ctrl-C";

const RUN_EXAMPLES: &str = "\
Examples:
  All cases on the built-in reference:
      redeliver run
  A folder without one file:
      redeliver run 'sqs/fifo/**' '!sqs/fifo/order'
  One guarantee, on a moto server that is started for the run:
      redeliver run --target moto --guarantee fifo-order
  Your own endpoint, with a report for CI:
      redeliver run --target http://127.0.0.1:9324 --report junit=out.xml
  The reference with all the disorder that AWS allows:
      redeliver run --profile lifelike --seed 7

Selectors are globs over case ids (sqs/fifo/order::some-case) and file ids (sqs/fifo/order): `*` stays within \
a folder, `**` crosses folders, the name of a folder means all below it, `!` in front leaves out.";

/// Checks that a backend keeps the contract of SQS, SNS and Kinesis.
#[derive(Debug, Parser)]
#[command(name = "redeliver", version, after_help = EXIT_CODES, max_term_width = 120, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to print.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// How to print.
#[derive(Debug, Clone, Copy, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// When to use colours; `NO_COLOR` is respected
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", env = "REDELIVER_COLOR")]
    pub color: Color,
    /// Print less: ids of failures and the last line
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more: a line for each case
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run cases against a target
    #[command(after_help = RUN_EXAMPLES)]
    Run(Box<RunArgs>),
    /// Put the results of several targets side by side: who keeps which guarantee
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Show the ids of cases
    List(ListArgs),
    /// Check spec files and target manifests, and show every mistake with its place and remedy
    Lint(LintArgs),
    /// Show one case: what it states, why AWS says so, its steps, how to run it
    Explain(ExplainArgs),
    /// Print the JSON schema of spec files or target manifests, for editors
    Schema(SchemaArgs),
    /// Serve the built-in reference at an address, for clients in any language
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Box<ServeArgs>),
    /// Run a consumer in any language under faults, again and again, and find the smallest that breaks it
    #[command(after_help = CHAOS_EXAMPLES)]
    Chaos(Box<ChaosArgs>),
    /// Check a history file: what every invariant says of it
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Put faults before another backend, for clients in any language
    #[command(after_help = PROXY_EXAMPLES)]
    Proxy(ProxyArgs),
    /// Find out what two targets do differently, and write it as specs
    #[cfg(feature = "fuzz")]
    #[command(after_help = FUZZ_EXAMPLES)]
    Fuzz(Box<FuzzArgs>),
    /// Run cases against a target, and keep what it answered
    #[command(after_help = RECORD_EXAMPLES)]
    Record(Box<RecordArgs>),
    /// Check every expectation against what was recorded, without a network
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Box<VerifyArgs>),
    /// Show in what two recordings differ
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// Ask a server whether it is well, as a container's health check; exit code 0 if so
    Health(HealthArgs),
    /// Remove what runs on AWS left behind
    #[command(after_help = SWEEP_EXAMPLES)]
    Sweep(SweepArgs),
    /// Show the targets that are known by name, or one with its features and known deviations
    Targets(TargetsArgs),
    /// Print what a shell completes the commands and options of `redeliver` with
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Print manual pages, or write all of them into a folder
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

/// Which cases.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Selection")]
pub struct SelectionArgs {
    /// Globs over case ids and file ids; `!` in front leaves out. All cases when there is none
    #[arg(value_name = "SELECTOR", help_heading = "Arguments")]
    pub selectors: Vec<String>,
    /// Only cases of this guarantee; may be repeated
    #[arg(long, value_name = "NAME", value_parser = guarantees())]
    pub guarantee: Vec<Guarantee>,
    /// Only cases that need this feature; may be repeated
    #[arg(long, value_name = "NAME", value_parser = features())]
    pub feature: Vec<Feature>,
    /// Only cases at least this binding: `must`, `should` or `observed` (all)
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    pub level: Option<Level>,
    /// Use the spec files of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "REDELIVER_SPECS")]
    pub specs: Option<PathBuf>,
    /// Only the I-th of N equal parts
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
}

/// Arguments of `run`.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// Which cases.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// Against what.
    #[command(flatten)]
    pub on: TargetArgs,
    /// Seed of everything random: the same seed gives the same reports on the reference
    #[arg(help_heading = "Target", long, value_name = "N", env = "REDELIVER_SEED")]
    pub seed: Option<u64>,
    /// How the reference uses the freedom that AWS keeps
    #[arg(help_heading = "Target", long, value_enum, default_value_t = Profile::Calm, env = "REDELIVER_PROFILE")]
    pub profile: Profile,
    /// Skip cases that must wait longer on a real clock, for example `90s`; the target's own limit otherwise
    #[arg(help_heading = "Selection", long, value_name = "DURATION", value_parser = duration)]
    pub max_wait: Option<Duration>,
    /// Repeat a case that fails the run up to N times, alone, after all others: where that helps it is told as flaky and fails nothing. The
    /// target's own number otherwise, and none with `--certify` or `--fail-fast`
    #[arg(help_heading = "Verdict", long, value_name = "N", conflicts_with_all = ["certify", "fail_fast"])]
    pub retries: Option<u32>,
    /// Start no further case after the first failure
    #[arg(help_heading = "Verdict", long)]
    pub fail_fast: bool,
    /// Nothing may be skipped, and no deviation is known
    #[arg(help_heading = "Verdict", long)]
    pub certify: bool,
    /// Write a report of KIND `json`, `junit`, `markdown` or `github` (annotations); `-` is standard output; may be repeated. In a step of
    /// GitHub Actions, annotations and its summary come without asking
    #[arg(help_heading = "Output", long, value_name = "KIND=FILE", action = ArgAction::Append)]
    pub report: Vec<Wish>,
    /// Write all calls and answers as JSON lines
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub history: Option<Destination>,
    /// Options for AWS itself.
    #[command(flatten)]
    pub aws: AwsArgs,
    /// What a run on AWS may cost.
    #[command(flatten)]
    pub cost: CostArgs,
}

/// Arguments of `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// Which cases.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// As JSON, with guarantee, level, features and evidence
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `lint`.
#[derive(Debug, Clone, Args)]
pub struct LintArgs {
    /// Spec files, or folders of them; the built-in specs when there is none
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// Target manifests, or folders of them; may be repeated
    #[arg(long, value_name = "FILE|DIR")]
    pub targets: Vec<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    /// Of which files
    #[arg(value_enum, default_value_t = Written::Spec)]
    pub of: Written,
}

/// Kinds of files that people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Written {
    /// Spec files.
    Spec,
    /// Target manifests.
    Target,
}

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// Id of the case
    pub id: String,
    /// Use the spec files of this folder instead of the built-in ones
    #[arg(long, value_name = "DIR", env = "REDELIVER_SPECS")]
    pub specs: Option<PathBuf>,
}

/// Arguments of `health`.
#[derive(Debug, Clone, Args)]
pub struct HealthArgs {
    /// Where `redeliver serve` answers plain HTTP, for example `http://127.0.0.1:4566`; its control API must not be off
    pub url: Option<String>,
    /// Its port on this machine, unless a URL is given
    #[arg(short, long, value_name = "N", default_value_t = 4566, env = "REDELIVER_PORT")]
    pub port: u16,
}

/// Arguments of `targets`.
#[derive(Debug, Clone, Args)]
pub struct TargetsArgs {
    /// Name of a target, or path of a manifest
    pub target: Option<String>,
}

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).map_err(|problem| problem.to_string())
}

fn guarantees() -> impl TypedValueParser<Value = Guarantee> {
    PossibleValuesParser::new(Guarantee::ALL.iter().map(|word| word.as_str())).try_map(|word| word.parse())
}

fn features() -> impl TypedValueParser<Value = Feature> {
    PossibleValuesParser::new(Feature::ALL.iter().map(|word| word.as_str())).try_map(|word| word.parse())
}

fn levels() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::ALL.iter().map(|word| word.as_str())).try_map(|word| word.parse())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
