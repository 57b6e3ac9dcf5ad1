//! How many cases of one target ended how.

use serde::Serialize;

use super::Outcome;

/// How many cases of one target ended how. They add up to the cases of the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// As AWS does.
    pub passed: usize,
    /// Not as AWS does, and its manifest says so.
    pub known: usize,
    /// Not as AWS does.
    pub failed: usize,
    /// Not run, for a stated reason.
    pub skipped: usize,
    /// Proved nothing.
    pub could_not_run: usize,
    /// Not in its report: other targets ran them.
    pub not_selected: usize,
}

impl Counts {
    /// Counts one case more; `None` for one that is not in the report.
    pub fn add(&mut self, outcome: Option<Outcome>) {
        let count = match outcome {
            Some(Outcome::Passed) => &mut self.passed,
            Some(Outcome::Known) => &mut self.known,
            Some(Outcome::Failed) => &mut self.failed,
            Some(Outcome::Skipped) => &mut self.skipped,
            Some(Outcome::CouldNotRun) => &mut self.could_not_run,
            None => &mut self.not_selected,
        };
        *count += 1;
    }

    /// Those of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            known: self.known + other.known,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
            could_not_run: self.could_not_run + other.could_not_run,
            not_selected: self.not_selected + other.not_selected,
        }
    }

    /// Not as AWS does, known or not.
    pub fn deviating(self) -> usize {
        self.known + self.failed
    }

    /// Of which nothing is known, for whatever reason.
    pub fn not_run(self) -> usize {
        self.skipped + self.could_not_run + self.not_selected
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.passed + self.deviating() + self.not_run()
    }

    /// `30/41`, with `(5)` behind it where that many of the 41 were not run; a dash where none was.
    pub fn cell(self) -> String {
        match (self.not_run(), self.all()) {
            (not_run, all) if not_run == all => "–".to_owned(),
            (0, all) => format!("{}/{all}", self.passed),
            (not_run, all) => format!("{}/{all} ({not_run})", self.passed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skip_is_no_pass() {
        let mut counts = Counts::default();
        assert_eq!(counts.cell(), "–");
        counts.add(Some(Outcome::Skipped));
        counts.add(None);
        assert_eq!(counts.cell(), "–");
        counts.add(Some(Outcome::Known));
        assert_eq!(counts.cell(), "0/3 (2)");
        counts.add(Some(Outcome::Passed));
        assert_eq!((counts.cell(), counts.deviating()), ("1/4 (2)".to_owned(), 1));
        let ran = Counts { passed: 2, failed: 1, ..Counts::default() };
        assert_eq!((ran.cell(), ran.plus(counts).cell()), ("2/3".to_owned(), "3/7 (2)".to_owned()));
    }
}
