//! What is wrong with a text, where, and what to do about it.

use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

/// Width in columns at which messages and remedies are wrapped.
const WIDTH: usize = 100;

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
        let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false);
        let source = NamedSource::new(&self.text.path, self.text.text.clone());
        let mut drawing = String::new();
        match handler.render_report(&mut drawing, &Drawing { problem: self, source }) {
            Ok(()) => drawing,
            // Only lost when a span is outside of its text; what is wrong must still be told.
            Err(fmt::Error) => {
                format!("{}:{}:{}: {}\n", self.text.path, self.span.line, self.span.column, self.message)
            }
        }
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

/// A problem as the drawing library wants it.
struct Drawing<'a> {
    problem: &'a Problem,
    source: NamedSource<String>,
}

impl fmt::Debug for Drawing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(formatter)
    }
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problem.message)
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        (!self.problem.remedy.is_empty()).then(|| Box::new(&self.problem.remedy) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let whole = self.problem.text.text.len();
        let place = |span: &Span, text: &String| {
            let text = (!text.is_empty()).then(|| text.clone());
            // A span of no length is drawn beside the text that it is about.
            (text, (span.offset, span.length.max(1).min(whole - span.offset.min(whole))))
        };
        let (text, span) = place(&self.problem.span, &self.problem.label);
        let also = self.problem.also.as_ref().map(|(span, text)| {
            let (text, span) = place(span, text);
            LabeledSpan::new_with_span(text, span)
        });
        Some(Box::new(also.into_iter().chain([LabeledSpan::new_primary_with_span(text, span)])))
    }
}
