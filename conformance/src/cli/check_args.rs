//! The options of `check`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use redeliver_check::{Invariant, Subject};

/// Examples in the help of `check`.
pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  What a run against a target did:
      redeliver run --target moto 'sqs/fifo/**' --history out.jsonl; redeliver check out.jsonl
  Whether the backend kept its promises there, whatever its clients did:
      redeliver check out.jsonl --subject backend
  What happened on a server, until all queues were empty:
      curl -s http://127.0.0.1:4566/_redeliver/history > out.jsonl; redeliver check out.jsonl --drained
  One property, with all that happened:
      redeliver check out.jsonl --invariant effect-once --timeline

Exit codes: 0 nothing is broken, 1 an invariant is broken, or one that was named cannot be told, 2 the file is no history.";

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// History file of `run --history`, `/_redeliver/history`, `proxy` or `chaos`
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only this invariant; may be repeated. One that cannot be told then counts as broken
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Invariant::ALL.map(Invariant::name))
        .map(|name| Invariant::from_name(&name).unwrap_or(Invariant::AtLeastOnce)))]
    pub invariant: Vec<Invariant>,
    /// Only invariants for which these answer: the queue service, or the consumer
    #[arg(long, value_name = "WHO", conflicts_with = "invariant", value_parser = PossibleValuesParser::new(["backend", "consumer"])
        .map(|who| if who == "backend" { Subject::Backend } else { Subject::Consumer }))]
    pub subject: Option<Subject>,
    /// What the run promised, as JSON: queues, keys, poison, limits. By default the queues are read off the history's own calls
    #[arg(long, value_name = "FILE")]
    pub expect: Option<PathBuf>,
    /// The run went on until the queues were drained: what never arrived is lost
    #[arg(long)]
    pub drained: bool,
    /// Show everything that happened
    #[arg(long)]
    pub timeline: bool,
    /// Also write the history for Jepsen's tools, as EDN or (with the extension `json`) as JSON
    #[arg(long, value_name = "FILE")]
    pub jepsen: Option<PathBuf>,
}
