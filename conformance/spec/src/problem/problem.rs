//! Problems as a loader hands them out.

use std::fmt;
use std::sync::Arc;

use super::Style;
use crate::{Place, Source};

/// One thing that is wrong, and where. Also fit to show a failure of a run at the key of a spec that it is about.
#[derive(Debug, Clone)]
pub struct Problem {
    /// The file.
    pub file: Arc<Source>,
    /// Where in it.
    pub place: Place,
    /// What is written at the place, a few words.
    pub label: String,
    /// Another place that has to do with it, and what is written there.
    pub also: Option<(Place, String)>,
    /// What is wrong, a lowercase fragment.
    pub message: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Problem {
    /// A problem at a place, without label and remedy.
    pub fn new(file: Arc<Source>, place: Place, message: impl Into<String>) -> Self {
        Self { file, place, label: String::new(), also: None, message: message.into(), remedy: None }
    }

    /// Writes this at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

/// Everything that is wrong with the files that were loaded: at least one problem, by file and place.
#[derive(Debug, Clone)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Sorts problems by file and place; `None` when there are none.
    pub fn of(mut problems: Vec<Problem>) -> Option<Self> {
        problems.sort_by(|a, b| (&a.file.path, a.place).cmp(&(&b.file.path, b.place)));
        (!problems.is_empty()).then_some(Self(problems))
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// How many.
    #[expect(clippy::len_without_is_empty, reason = "there is always at least one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// In how many files.
    pub fn files(&self) -> usize {
        self.0.chunk_by(|a, b| a.file.path == b.file.path).count()
    }

    /// All problems drawn one after the other, and how many there are.
    pub fn render(&self, style: Style) -> String {
        let mut text = String::new();
        for problem in &self.0 {
            text.push_str(&problem.render(style));
            text.push('\n');
        }
        let plural = |number: usize| if number == 1 { "" } else { "s" };
        let (problems, files) = (self.len(), self.files());
        text + &format!("{problems} problem{} in {files} file{}\n", plural(problems), plural(files))
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(Style::default()))
    }
}

impl std::error::Error for Problems {}
