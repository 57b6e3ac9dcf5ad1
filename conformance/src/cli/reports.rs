//! The report files of a run.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::RunArgs;
use super::output::Output;
use super::problem::Problem;
use crate::report::Recorded;
use crate::report::files::{Destination, Kind};
use crate::report::history::history;

/// Files that are open from before the run until after it, so that a wrong path is told at once and not after an hour.
pub(super) struct Reports {
    wanted: Vec<(What, Place)>,
    written: bool,
}

enum What {
    Report(Kind),
    History,
}

enum Place {
    Stdout,
    File(PathBuf, File),
}

impl Reports {
    /// Creates the files.
    pub(super) fn create(args: &RunArgs) -> Result<Self, Problem> {
        let reports = args.report.iter().map(|wish| (What::Report(wish.kind), &wish.place));
        let history = args.history.iter().map(|place| (What::History, place));
        let wanted = reports.chain(history).map(|(what, place)| Ok((what, Place::open(place)?)));
        Ok(Self { wanted: wanted.collect::<Result<_, Problem>>()?, written: false })
    }

    /// Whether they have their content.
    pub(super) fn are_written(&self) -> bool {
        self.written
    }

    /// Writes them.
    pub(super) fn write(&mut self, run: &Recorded, output: Output) -> Result<(), Problem> {
        self.written = true;
        for (what, place) in &mut self.wanted {
            let text = match what {
                What::Report(kind) => kind.write(run),
                What::History => history(run),
            };
            match place {
                Place::Stdout => output.print(&text)?,
                Place::File(path, file) => file.write_all(text.as_bytes()).map_err(|error| cannot(path, error))?,
            }
        }
        Ok(())
    }
}

impl Place {
    fn open(place: &Destination) -> Result<Self, Problem> {
        match place {
            Destination::Stdout => Ok(Self::Stdout),
            Destination::File(path) => {
                let file = File::create(path).map_err(|error| cannot(path, error))?;
                Ok(Self::File(path.clone(), file))
            }
        }
    }
}

fn cannot(path: &Path, source: io::Error) -> Problem {
    Problem::Write { path: path.to_owned(), source }
}
