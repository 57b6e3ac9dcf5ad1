//! Everything that a run told, in an order that does not depend on which case ended first.

use std::time::Duration;

use super::About;
use crate::event::{CaseResult, Event, RunEnd, RunHeader};
use crate::run::judge::Totals;

/// A run that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// What was known before the first case.
    pub header: RunHeader,
    /// Results by case id.
    pub results: Vec<CaseResult>,
    /// How it ended.
    pub end: RunEnd,
    /// Why there was nothing to run, if so.
    pub problem: Option<String>,
    /// What is known of it beside the cases.
    pub about: About,
}

impl Recorded {
    /// A run that could not even start.
    pub fn not_started(header: RunHeader, problem: String) -> Self {
        let end = RunEnd { stopped: None, elapsed: Duration::ZERO };
        Self { header, results: Vec::new(), end, problem: Some(problem), about: About::default() }
    }

    /// How many cases have which verdict.
    pub fn totals(&self) -> Totals {
        Totals::of(&self.results)
    }
}

/// Listens to a run.
#[derive(Debug, Default)]
pub struct Recorder {
    header: Option<RunHeader>,
    results: Vec<CaseResult>,
    end: Option<RunEnd>,
}

impl Recorder {
    /// Takes down one event.
    pub fn hear(&mut self, event: Event) {
        match event {
            Event::RunStarted(header) => self.header = Some(header),
            Event::CaseStarted { .. } => {}
            Event::CaseFinished(result) => self.results.push(*result),
            Event::RunFinished(end) => self.end = Some(end),
        }
    }

    /// The run, if it has started and ended.
    pub fn finish(mut self) -> Option<Recorded> {
        self.results.sort_by(|one, other| one.run.id.cmp(&other.run.id));
        let about = About::default();
        Some(Recorded { header: self.header?, results: self.results, end: self.end?, problem: None, about })
    }
}
