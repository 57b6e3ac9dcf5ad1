//! What a report for people needs beyond what a run tells: the cases, who judges, how to run one again.

use std::collections::BTreeMap;

use redeliver_spec::Case;

use super::failure::headline;
use crate::event::CaseResult;
use crate::run::judge::Judge;

/// What a report for people needs beyond what a run tells.
pub struct Context<'a> {
    cases: BTreeMap<&'a str, &'a Case>,
    judge: Judge,
    again: Box<dyn Fn(&str) -> String + 'a>,
}

/// A place in a spec file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The file, as it is shown to people.
    pub(super) file: String,
    /// Line, from 1.
    pub(super) line: usize,
    /// Column, from 1.
    pub(super) column: usize,
}

impl<'a> Context<'a> {
    /// Of a run of these cases; `again` makes the command that runs just one, from its id.
    pub fn new(cases: &[&'a Case], judge: Judge, again: impl Fn(&str) -> String + 'a) -> Self {
        let cases = cases.iter().map(|case| (case.id.as_str(), *case)).collect();
        Self { cases, judge, again: Box::new(again) }
    }

    /// Of a run that could not even start.
    pub fn nothing() -> Self {
        Self::new(&[], Judge::default(), str::to_owned)
    }

    /// Whether the result fails the run.
    pub(super) fn fails(&self, result: &CaseResult) -> bool {
        self.judge.fails(result.verdict)
    }

    /// The case of a result.
    pub(super) fn case(&self, result: &CaseResult) -> Option<&'a Case> {
        self.cases.get(result.run.id.as_str()).copied()
    }

    /// The command that runs just this case.
    pub(super) fn again(&self, result: &CaseResult) -> String {
        (self.again)(&result.run.id)
    }

    /// What a result is about.
    pub(super) fn spot(&self, result: &CaseResult) -> Option<Spot> {
        let case = self.case(result)?;
        let (pointer, _) = headline(case, &result.run.finding);
        let place = case.file.place(pointer).unwrap_or(case.place);
        Some(Spot { file: case.file.path.clone(), line: place.line, column: place.column })
    }
}
