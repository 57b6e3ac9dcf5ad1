//! How a problem in a text is drawn: the line with the place marked, the message above, the remedy below.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use super::Span;

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

/// A problem in a text, as it is to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    /// How the file is called.
    pub path: &'a str,
    /// All of its text.
    pub text: &'a str,
    /// Where in it.
    pub span: Span,
    /// What is written at the place; empty for nothing.
    pub label: &'a str,
    /// Another place that has to do with it, and what is written there.
    pub also: Option<(Span, &'a str)>,
    /// What is wrong.
    pub message: &'a str,
    /// What to do about it; empty for nothing.
    pub remedy: &'a str,
}

impl Drawing<'_> {
    /// Draws it, ending in a line break.
    pub fn draw(&self, style: Style) -> String {
        let theme = if style.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(style.width).with_links(false);
        let source = NamedSource::new(self.path, self.text.to_owned());
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, &Report { drawing: self, source }).is_err() {
            // Only lost when a span is outside of its text; what is wrong must still be told.
            let Span { line, column, .. } = self.span;
            return format!("{}:{line}:{column}: {}\n", self.path, self.message);
        }
        drawn
    }
}

/// A problem as the drawing library wants it.
struct Report<'a> {
    drawing: &'a Drawing<'a>,
    source: NamedSource<String>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.drawing.fmt(formatter)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.drawing.message)
    }
}

impl std::error::Error for Report<'_> {}

impl Diagnostic for Report<'_> {
    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let remedy = self.drawing.remedy;
        (!remedy.is_empty()).then(|| Box::new(remedy) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let whole = self.drawing.text.len();
        let place = |span: Span, text: &str| {
            let text = (!text.is_empty()).then(|| text.to_owned());
            // A span of no length is drawn beside the text that it is about.
            (text, (span.offset, span.length.max(1).min(whole - span.offset.min(whole))))
        };
        let (text, span) = place(self.drawing.span, self.drawing.label);
        let also = self.drawing.also.map(|(span, text)| {
            let (text, span) = place(span, text);
            LabeledSpan::new_with_span(text, span)
        });
        Some(Box::new(also.into_iter().chain([LabeledSpan::new_primary_with_span(text, span)])))
    }
}
