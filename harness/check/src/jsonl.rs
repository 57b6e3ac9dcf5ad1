//! Histories as JSON lines: a header, then one record a line.

use serde::{Deserialize, Serialize};

use crate::Record;

/// Version of the format that is written. Version 1 had calls and events only, and is read as well; others are refused.
pub const VERSION: u32 = 2;

/// The oldest version that is read.
const OLDEST: u32 = 1;

/// The first line of a history file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`VERSION`] of the format that the file is written in.
    pub redeliver_history: u32,
    /// Name or URL of the backend.
    pub target: String,
    /// Seed of the run, where it had one.
    pub seed: Option<u64>,
}

impl Header {
    /// The header of a file in today's format.
    pub fn new(target: impl Into<String>, seed: Option<u64>) -> Self {
        Self { redeliver_history: VERSION, target: target.into(), seed }
    }
}

/// Every further line of a history file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the case that the record belongs to.
    pub case: String,
    /// The record.
    pub record: Record,
}

/// Why a history could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no first line.
    #[error("the history is empty: its first line must be a header such as {{\"redeliver_history\":2,..}}")]
    Empty,
    /// A line is not what it should be.
    #[error("line {line} of the history is not readable: {source}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The file is of another version.
    #[error("the history has version {found}, this program reads versions {OLDEST} to {VERSION}")]
    Version {
        /// Version of the file.
        found: u32,
    },
}

/// Writes a history as text that ends with a newline.
#[expect(clippy::missing_panics_doc, reason = "it never does")]
pub fn write(header: &Header, lines: &[Line]) -> String {
    let mut text = String::new();
    let mut add = |line: serde_json::Result<String>| {
        text.push_str(&line.expect("headers and records have string keys only"));
        text.push('\n');
    };
    add(serde_json::to_string(header));
    for line in lines {
        add(serde_json::to_string(line));
    }
    text
}

/// Reads what [`write`] has written. Empty lines are passed over.
///
/// # Errors
///
/// When there is no header, the version is another one, or a line is no record; says which line.
pub fn read(text: &str) -> Result<(Header, Vec<Line>), ReadError> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (index, first) = lines.next().ok_or(ReadError::Empty)?;
    let header: Header = serde_json::from_str(first).map_err(|source| ReadError::Line { line: index + 1, source })?;
    if !(OLDEST..=VERSION).contains(&header.redeliver_history) {
        return Err(ReadError::Version { found: header.redeliver_history });
    }
    let records = lines
        .map(|(index, line)| serde_json::from_str(line).map_err(|source| ReadError::Line { line: index + 1, source }));
    Ok((header, records.collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Header, Line, ReadError, read, write};
    use crate::{Record, What};

    fn line() -> Line {
        let what = What::Invoke { call: "sqs:ListQueues".to_owned(), input: json!({}) };
        Line { case: "a::b".to_owned(), record: Record { at_ms: 5, process: 0, what } }
    }

    #[test]
    fn history_reads_back() {
        let header = Header::new("reference", Some(7));
        let text = write(&header, &[line(), line()]);
        assert_eq!(read(&text).unwrap(), (header, vec![line(), line()]));
    }

    #[test]
    fn unreadable_history_names_the_line() {
        let header = write(&Header::new("reference", None), &[]);
        assert!(matches!(read(""), Err(ReadError::Empty)));
        assert!(matches!(read(&format!("{header}\nnonsense")), Err(ReadError::Line { line: 3, .. })));
        assert!(matches!(read(&header.replacen(":2", ":9", 1)), Err(ReadError::Version { found: 9 })));
    }
}
