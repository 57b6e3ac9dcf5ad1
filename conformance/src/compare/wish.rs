//! Which files are written of a comparison.

use std::str::FromStr;

use super::{Comparison, html, json, markdown};
use crate::report::files::{Destination, kind_and_place};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a repository: see [`markdown`].
    Markdown,
    /// For programs: see [`json`].
    Json,
    /// A page with all details: see [`html`].
    Html,
}

/// A file that was asked for, `KIND=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What to write.
    pub format: Format,
    /// Where to.
    pub place: Destination,
}

impl Format {
    const ALL: [(&'static str, Self); 3] = [("markdown", Self::Markdown), ("json", Self::Json), ("html", Self::Html)];

    /// Writes this kind of file.
    pub fn write(self, comparison: &Comparison) -> String {
        match self {
            Self::Markdown => markdown(comparison),
            Self::Json => json(comparison),
            Self::Html => html(comparison),
        }
    }
}

impl FromStr for Wish {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (format, place) = kind_and_place(text, &Format::ALL)?;
        Ok(Self { format, place })
    }
}
