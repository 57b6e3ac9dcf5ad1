//! The report files of a run.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::RunArgs;
use super::output::Output;
use super::problem::Problem;
use crate::report::files::{Destination, Kind};
use crate::report::history::history;
use crate::report::markdown::{self, markdown};
use crate::report::{Context, Recorded};

/// Files that are open from before the run until after it, so that a wrong path is told at once and not after an hour.
pub(super) struct Reports {
    wanted: Vec<(What, Place)>,
    written: bool,
}

enum What {
    Report(Kind),
    History,
    /// The summary of a step of GitHub Actions, which earlier runs may have begun.
    Summary,
}

/// Where a report goes.
pub(super) enum Place {
    /// To standard output.
    Stdout,
    /// Where the console prints when standard output is for a report.
    Stderr,
    /// To a file that is open.
    File(PathBuf, File),
}

impl Reports {
    /// Creates the files.
    pub(super) fn create(args: &RunArgs) -> Result<Self, Problem> {
        let reports = args.report.iter().map(|wish| (What::Report(wish.kind), &wish.place));
        let history = args.history.iter().map(|place| (What::History, place));
        let wanted = reports.chain(history).map(|(what, place)| Ok((what, Place::open(place)?)));
        let mut wanted = wanted.collect::<Result<Vec<_>, Problem>>()?;
        wanted.extend(for_github(args)?);
        Ok(Self { wanted, written: false })
    }

    /// Whether they have their content.
    pub(super) fn are_written(&self) -> bool {
        self.written
    }

    /// Writes them.
    pub(super) fn write(&mut self, run: &Recorded, context: &Context<'_>, output: Output) -> Result<(), Problem> {
        self.written = true;
        for (what, place) in &mut self.wanted {
            let text = match what {
                What::Report(kind) => kind.write(run, context),
                What::History => history(run),
                What::Summary => markdown(run, context, place.room()),
            };
            place.write(&text, output)?;
        }
        Ok(())
    }
}

impl Place {
    /// How many bytes a summary may still have there.
    fn room(&self) -> usize {
        let taken = match self {
            Self::File(_, file) => file.metadata().map_or(0, |metadata| metadata.len()),
            Self::Stdout | Self::Stderr => 0,
        };
        markdown::BYTES_MAX.saturating_sub(usize::try_from(taken).unwrap_or(usize::MAX))
    }

    /// Creates the file.
    pub(super) fn open(place: &Destination) -> Result<Self, Problem> {
        match place {
            Destination::Stdout => Ok(Self::Stdout),
            Destination::File(path) => {
                let file = File::create(path).map_err(|error| cannot(path, error))?;
                Ok(Self::File(path.clone(), file))
            }
        }
    }

    /// Writes all of it.
    pub(super) fn write(&mut self, text: &str, output: Output) -> Result<(), Problem> {
        match self {
            Self::Stdout => Ok(output.print(text)?),
            Self::Stderr => {
                output.complain(text);
                Ok(())
            }
            Self::File(path, file) => file.write_all(text.as_bytes()).map_err(|error| cannot(path, error)),
        }
    }
}

/// What a step of GitHub Actions shows without being asked: annotations, and its summary.
fn for_github(args: &RunArgs) -> Result<Vec<(What, Place)>, Problem> {
    let value = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let asked = |kind: Kind| args.report.iter().any(|wish| wish.kind == kind);
    let mut wanted = Vec::new();
    if value("GITHUB_ACTIONS").as_deref() == Some("true") && !asked(Kind::Github) {
        let place = if stdout_is_taken(args) { Place::Stderr } else { Place::Stdout };
        wanted.push((What::Report(Kind::Github), place));
    }
    if let Some(path) = value("GITHUB_STEP_SUMMARY").map(PathBuf::from) {
        let file = File::options().create(true).append(true).open(&path).map_err(|error| cannot(&path, error))?;
        wanted.push((What::Summary, Place::File(path, file)));
    }
    Ok(wanted)
}

/// Whether a report is written to standard output.
pub(super) fn stdout_is_taken(args: &RunArgs) -> bool {
    args.report.iter().any(|wish| wish.place == Destination::Stdout) || args.history == Some(Destination::Stdout)
}

fn cannot(path: &Path, source: io::Error) -> Problem {
    Problem::Write { path: path.to_owned(), source }
}
