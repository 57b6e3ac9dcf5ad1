//! What went wrong before or beside the cases, and its exit code.

use std::io;
use std::path::PathBuf;

use owo_colors::OwoColorize;
use redeliver::server::FaultsProblem;
use redeliver_spec::Problems;
use redeliver_spec::problem::Style;

use super::faults::ChaosProblem;
use super::output::Output;
use super::proxy::ProxyProblem;
use super::serve::ServeProblem;
use crate::exit;
use crate::known::BadPattern;
use crate::recording::RecordingProblem;
use crate::select::SelectProblem;
use crate::specs::SpecsProblem;
use crate::target::TargetProblem;

/// Why a command could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    /// Nothing to run.
    #[error(transparent)]
    Select(#[from] SelectProblem),
    /// A case that is not there.
    #[error("there is no case `{id}`: {remedy}")]
    NoCase { id: String, remedy: String },
    /// A command that is not there.
    #[error("there is no command `{name}`: {remedy}")]
    NoCommand { name: String, remedy: String },
    /// Claims about a target that are about no case.
    #[error("the known deviation `{pattern}` of `{target}` matches no case of the suite: {remedy}")]
    Stale { target: String, pattern: String, remedy: String },
    /// Claims about a target that are no patterns.
    #[error(transparent)]
    Known(#[from] BadPattern),
    /// A target that is not there, or not known.
    #[error(transparent)]
    Target(#[from] TargetProblem),
    /// Spec files with mistakes, or none at all.
    #[error("{}", specs(.0))]
    Specs(#[from] SpecsProblem),
    /// Target manifests with mistakes.
    #[error("target manifests are invalid")]
    Manifests(Problems),
    /// Nothing is passed on.
    #[error(transparent)]
    Proxy(#[from] ProxyProblem),
    /// Nothing is served.
    #[error(transparent)]
    Serve(#[from] ServeProblem),
    /// A file that can't be read, or that is not what it should be.
    #[error("`{}`: {reason}", path.display())]
    Input { path: PathBuf, reason: String },
    /// Targets that cannot stand side by side.
    #[error("{0}")]
    Compare(String),
    /// A recording that is not there, or not what it should be.
    #[error(transparent)]
    Recording(#[from] RecordingProblem),
    /// A plan with mistakes, drawn.
    #[error("the plan is invalid")]
    Plan(String),
    /// A file that can't be written.
    #[error("cannot write `{}`: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Standard output that can't be written, or Ctrl-C that can't be listened for.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Problem {
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Target(TargetProblem::Unreachable(_)) => exit::TARGET_UNREACHABLE,
            Self::Specs(_) | Self::Manifests(_) => exit::SPECS_INVALID,
            // A claim about the target that does not hold, like an unexpected pass.
            Self::Stale { .. } | Self::Io(_) => exit::FAILURES,
            Self::Select(_)
            | Self::NoCase { .. }
            | Self::NoCommand { .. }
            | Self::Known(_)
            | Self::Target(TargetProblem::Usage(_) | TargetProblem::Manifest(_))
            | Self::Serve(_)
            | Self::Proxy(_)
            | Self::Input { .. }
            | Self::Compare(_)
            | Self::Recording(_)
            | Self::Plan(_)
            | Self::Write { .. } => exit::USAGE,
        }
    }

    /// Tells it on standard error.
    pub(super) fn tell(&self, output: Output) {
        let text = match self {
            Self::Specs(SpecsProblem::Invalid(problems))
            | Self::Manifests(problems)
            | Self::Target(TargetProblem::Manifest(problems)) => {
                problems.render(Style { color: true, ..Style::default() })
            }
            Self::Plan(drawn) => format!("{drawn}\n"),
            Self::Serve(ServeProblem::Chaos(ChaosProblem::Faults(FaultsProblem::Plan(problems))))
            | Self::Proxy(ProxyProblem::Chaos(ChaosProblem::Faults(FaultsProblem::Plan(problems)))) => {
                problems.render(true)
            }
            other => format!("{} {other}\n", "error:".red().bold()),
        };
        output.complain(&text);
    }
}

/// Mistakes in one line: all of them, drawn, are for people.
fn specs(problem: &SpecsProblem) -> String {
    match problem {
        SpecsProblem::Invalid(_) => "spec files are invalid".to_owned(),
        other => other.to_string(),
    }
}
