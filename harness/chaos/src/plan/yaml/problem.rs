//! What is wrong with a text, where, and what to do about it.

use std::fmt;
use std::sync::Arc;

use super::{Drawing, Style};

/// A file as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Its path, as it is shown to people.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Text {
    pub(crate) fn new(path: &str, text: &str) -> Arc<Self> {
        Arc::new(Self { path: path.to_owned(), text: text.to_owned() })
    }
}

/// A stretch of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Where it starts, in bytes from the start of the text.
    pub offset: usize,
    /// How many bytes it has.
    pub length: usize,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub text: Arc<Text>,
    /// Where in it.
    pub span: Span,
    /// What is written at the place, a few words.
    pub label: String,
    /// Another place that has to do with it, and what is written there.
    pub also: Option<(Span, String)>,
    /// What is wrong, a lowercase fragment.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    pub(crate) fn new(text: &Arc<Text>, span: Span, message: impl Into<String>) -> Self {
        let (text, message) = (Arc::clone(text), message.into());
        Self { text, span, label: String::new(), also: None, message, remedy: String::new() }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }

    pub(crate) fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// Draws the problem, ending in a line break.
    pub fn render(&self, color: bool) -> String {
        let drawing = Drawing {
            path: &self.text.path,
            text: &self.text.text,
            span: self.span,
            label: &self.label,
            also: self.also.as_ref().map(|(span, label)| (*span, label.as_str())),
            message: &self.message,
            remedy: &self.remedy,
        };
        drawing.draw(Style { color, ..Style::default() })
    }
}

/// Everything that is wrong with a plan: at least one problem, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Sorts problems, of which there must be some.
    pub(crate) fn all(mut problems: Vec<Problem>) -> Self {
        assert!(!problems.is_empty(), "problems are only handed out when there are any");
        problems.sort_by(|a, b| (&a.text.path, a.span).cmp(&(&b.text.path, b.span)));
        Self(problems)
    }

    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// All problems drawn one after the other, and how many there are.
    pub fn render(&self, color: bool) -> String {
        let drawings: String = self.0.iter().map(|problem| problem.render(color) + "\n").collect();
        let plural = if self.0.len() == 1 { "" } else { "s" };
        format!("{drawings}{} problem{plural} in the plan\n", self.0.len())
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
