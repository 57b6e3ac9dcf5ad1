//! How a problem is drawn: as those of plans are.

use redeliver_chaos::plan::{Drawing, Span, Style};

use super::Problem;
use crate::Place;

impl Problem {
    /// Draws the problem, ending in a line break.
    pub fn render(&self, style: Style) -> String {
        let drawing = Drawing {
            path: &self.file.path,
            text: &self.file.text,
            span: span(self.place),
            label: &self.label,
            also: self.also.as_ref().map(|(place, label)| (span(*place), label.as_str())),
            message: &self.message,
            remedy: self.remedy.as_deref().unwrap_or_default(),
        };
        drawing.draw(style)
    }
}

fn span(place: Place) -> Span {
    let Place { line, column, offset, length } = place;
    Span { line, column, offset, length }
}
