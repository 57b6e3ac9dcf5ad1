//! A failure as its story wants it told.

use std::fmt;

use super::regression;
use super::{Breach, Coverage, Failure, SearchPhase};
use crate::story::{Also, Counts, Ink, Time, Told, story};

impl Failure {
    /// What the story, the page and the summary are made of.
    pub fn told(&self) -> Told {
        let Breach { property, key, witness } = self.breach.clone();
        let mut witness = witness.into_iter();
        let short = self.test.rsplit("::").next().unwrap_or(&self.test);
        // Tests run beside their `Cargo.toml`, and so does the path begin.
        let file = self.regression.as_deref().map(|file| regression::beside(file).display().to_string());
        let replay = match &file {
            Some(file) => format!("REDELIVER_REPLAY={file} cargo test {short}"),
            None => format!("cargo test {short}"),
        };
        Told {
            test: self.test.clone(),
            property,
            headline: witness.next().unwrap_or_default(),
            keys: key.into_iter().collect(),
            witness: witness.collect(),
            wrong: None,
            faults: self.schedule.faults.iter().map(Into::into).collect(),
            history: self.history.clone(),
            time: Time::Virtual,
            names: self.processes.clone(),
            counts: Counts {
                injected: self.found.faults,
                shrink_runs: as_usize(self.found.shrink_runs),
                runs: as_usize(self.found.runs),
                shrink_ms: u64::try_from(self.found.shrink_time.as_millis()).ok(),
            },
            also: self.coverage.iter().filter(|one| one.failed > 0).map(also).collect(),
            coverage: self.coverage.iter().filter(|one| one.of > 0).map(covered).collect(),
            replay,
            files: file.into_iter().chain(self.files.iter().cloned()).collect(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&story(&self.told(), Ink::Plain))
    }
}

fn also(one: &Coverage) -> Also {
    let unit = unit(one.phase).to_owned();
    let what = match (one.phase, one.rule.is_empty()) {
        (_, false) => one.rule.clone(),
        (SearchPhase::Seed, true) => "drawn faults".to_owned(),
        (phase, true) => phase.as_str().to_owned(),
    };
    Also { what, failed: as_usize(one.failed), of: as_usize(one.runs), unit }
}

fn covered(one: &Coverage) -> String {
    let Coverage { phase, rule, of, runs, .. } = one;
    let space = if rule.is_empty() { "" } else { " " };
    format!("{rule}{space}{runs} of {of} {}", unit(*phase))
}

fn unit(phase: SearchPhase) -> &'static str {
    match phase {
        SearchPhase::Regression => "regressions",
        SearchPhase::Calm => "calm runs",
        SearchPhase::Single => "places",
        SearchPhase::Consumer => "points",
        SearchPhase::Pair => "pairs",
        SearchPhase::Seed => "seeds",
    }
}

fn as_usize(number: u32) -> usize {
    usize::try_from(number).expect("32 bits fit")
}
