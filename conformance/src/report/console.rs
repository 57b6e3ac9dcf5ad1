//! The report for people: failures in full, then what is known and skipped, then the count by guarantee.

use std::collections::BTreeMap;
use std::io::{self, Write};

use owo_colors::OwoColorize;
use redeliver_spec::Case;

use super::progress::Progress;
use super::{Recorded, failure, summary};
use crate::event::{CaseResult, Event};
use crate::run::judge::Judge;
use crate::verdict::Verdict;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Ids of failures, and the last line.
    Quiet,
    /// Failures in full, remarks, guarantees.
    Normal,
    /// Also a line for each case when it ends.
    Verbose,
}

/// Prints while and after a run. Its output goes to one writer, colours included: the writer drops what it does not want.
pub struct Console<'a> {
    out: Box<dyn Write + 'a>,
    verbosity: Verbosity,
    terminal: bool,
    judge: Judge,
    progress: Progress,
    cases: BTreeMap<&'a str, &'a Case>,
    /// Makes the command that runs just one case.
    again: Box<dyn Fn(&str) -> String + 'a>,
}

/// What a console needs to know.
pub struct Options<'a> {
    /// Where to print.
    pub out: Box<dyn Write + 'a>,
    /// How much.
    pub verbosity: Verbosity,
    /// Whether a person is watching: progress bar, failing ids at once.
    pub terminal: bool,
    /// Who says what fails the run.
    pub judge: Judge,
    /// The cases of the run.
    pub cases: &'a [&'a Case],
    /// Makes the command that runs just one case, from its id.
    pub again: Box<dyn Fn(&str) -> String + 'a>,
}

impl<'a> Console<'a> {
    /// A console for one run.
    pub fn new(options: Options<'a>) -> Self {
        let Options { out, verbosity, terminal, judge, cases, again } = options;
        let cases = cases.iter().map(|case| (case.id.as_str(), *case)).collect();
        let progress = Progress::new(terminal && verbosity > Verbosity::Quiet);
        Self { out, verbosity, terminal, judge, progress, cases, again }
    }

    /// Tells one event, as far as it is told at once.
    pub fn hear(&mut self, event: &Event) -> io::Result<()> {
        let fails = matches!(event, Event::CaseFinished(result) if self.judge.fails(result.verdict));
        self.progress.hear(event, fails);
        let Event::CaseFinished(result) = event else { return Ok(()) };
        let at_once = self.verbosity == Verbosity::Verbose || (fails && self.terminal);
        if self.verbosity == Verbosity::Quiet || !at_once {
            return Ok(());
        }
        let line = line(result, fails);
        let Self { out, progress, .. } = self;
        progress.suspended(|| out.write_all(line.as_bytes()).and_then(|()| out.flush()))
    }

    /// Tells the whole run, after it ended.
    pub fn close(&mut self, run: &Recorded) -> io::Result<()> {
        let mut text = if self.verbosity == Verbosity::Verbose { "\n".to_owned() } else { String::new() };
        for result in run.results.iter().filter(|result| self.judge.fails(result.verdict)) {
            text.push_str(&self.failing(result));
        }
        if self.verbosity > Verbosity::Quiet {
            let parts = [summary::could_not_run(run), summary::remarks(run), summary::guarantees(run, &self.judge)];
            for part in parts.iter().filter(|part| !part.is_empty()) {
                text.push_str(part);
                text.push('\n');
            }
        }
        text.push_str(&summary::last_line(run, &self.judge));
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// A case that fails the run. Those that could not run, or were skipped, are told together by reason.
    fn failing(&self, result: &CaseResult) -> String {
        let id = &result.run.id;
        match self.cases.get(id.as_str()) {
            _ if self.verbosity == Verbosity::Quiet => line(result, true),
            Some(case) if !matches!(result.verdict, Verdict::CouldNotRun | Verdict::Skipped) => {
                failure::failure(case, result, &(self.again)(id)) + "\n"
            }
            _ => String::new(),
        }
    }
}

/// One line for one case.
fn line(result: &CaseResult, fails: bool) -> String {
    let verdict = format!("{:>15}", result.verdict.name());
    let verdict = if fails { verdict.red().to_string() } else { verdict.green().to_string() };
    format!("{verdict} {}\n", result.run.id)
}
