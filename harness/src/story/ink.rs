//! Colour, for those who can see it.

/// Whether text is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ink {
    /// No escape codes at all.
    #[default]
    Plain,
    /// ANSI colours.
    Colour,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// What is broken.
    Wrong,
    /// A fault.
    Fault,
    /// A heading.
    Heading,
    /// What one may pass over.
    Quiet,
}

impl Ink {
    /// Colour for a terminal, unless `NO_COLOR` has a value that is not empty (<https://no-color.org>).
    pub fn choose(no_color: Option<&str>, terminal: bool) -> Self {
        if terminal && no_color.is_none_or(str::is_empty) { Self::Colour } else { Self::Plain }
    }

    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Wrong => "1;31",
            Tone::Fault => "33",
            Tone::Heading => "1",
            Tone::Quiet => "2",
        };
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ink, Tone};

    #[test]
    fn colour_is_for_terminals_whose_owner_has_not_refused_it() {
        let chosen = [(None, true), (Some(""), true), (Some("1"), true), (None, false)]
            .map(|(no_color, terminal)| Ink::choose(no_color, terminal));
        assert_eq!(chosen, [Ink::Colour, Ink::Colour, Ink::Plain, Ink::Plain]);
    }

    #[test]
    fn plain_ink_adds_nothing() {
        assert_eq!(Ink::Plain.paint(Tone::Wrong, "x"), "x");
        assert_eq!(Ink::Colour.paint(Tone::Wrong, "x"), "\u{1b}[1;31mx\u{1b}[0m");
    }
}
