//! How a problem is drawn: the line with the place marked, the message above, the remedy below.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use super::Problem;
use crate::Place;

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour, off by default.
    pub color: bool,
    /// Width in columns at which messages and remedies are wrapped, 100 by default.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

impl Problem {
    /// Draws the problem, ending in a line break.
    pub fn render(&self, style: Style) -> String {
        let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
        let source = NamedSource::new(&self.file.path, self.file.text.to_string());
        let mut text = String::new();
        if handler.render_report(&mut text, &Drawing { problem: self, source }).is_err() {
            // The drawing is only lost when a place is outside of its text; what is wrong must still be told.
            let Place { line, column, .. } = self.place;
            return format!("{}:{line}:{column}: {}\n", self.file.path, self.message);
        }
        text
    }
}

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
        self.problem.remedy.as_ref().map(|remedy| Box::new(remedy) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = |place: &Place, text: &String| {
            let text = (!text.is_empty()).then(|| text.clone());
            // A span of no length is drawn beside the text that it is about.
            (text, (place.offset, place.length.max(1).min(self.problem.file.text.len() - place.offset)))
        };
        let (text, span) = label(&self.problem.place, &self.problem.label);
        let also = self.problem.also.as_ref().map(|(place, text)| {
            let (text, span) = label(place, text);
            LabeledSpan::new_with_span(text, span)
        });
        Some(Box::new(also.into_iter().chain([LabeledSpan::new_primary_with_span(text, span)])))
    }
}
