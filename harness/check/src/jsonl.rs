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

/// A history as far as it could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its header.
    pub header: Header,
    /// All whole lines.
    pub lines: Vec<Line>,
    /// Where the file breaks off within a line.
    pub cut: Option<Cut>,
}

/// A last line that was not written to its end, because the writer was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Its number, from 1.
    pub line: usize,
    /// How many bytes of it there are.
    pub bytes: usize,
}

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the history breaks off in line {}, after {} bytes of it", self.line, self.bytes)
    }
}

/// Reads what [`write`] has written, also when its end is missing: then everything before the line that broke off.
///
/// # Errors
///
/// As of [`read`], for every line that ends with a newline.
pub fn read_cut(bytes: &[u8]) -> Result<Reading, ReadError> {
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (before, tail) = bytes.split_at(whole);
    // A last line without its newline may be whole all the same, and has to be good JSON then.
    let last = std::str::from_utf8(tail).ok().filter(|tail| serde_json::from_str::<serde_json::Value>(tail).is_ok());
    let cut = (last.is_none() && !tail.is_empty())
        .then(|| Cut { line: before.split(|byte| *byte == b'\n').count(), bytes: tail.len() });
    let whole = if last.is_some() { bytes } else { before };
    let (header, lines) = read(&String::from_utf8_lossy(whole))?;
    Ok(Reading { header, lines, cut })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Cut, Header, Line, ReadError, read, read_cut, write};
    use crate::{HandlerState, Phase, Record, What};

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

    #[test]
    fn everything_that_can_happen_reads_back_and_leaves_out_what_is_not_told() {
        let call = Some("sqs:SendMessage".to_owned());
        let some = |text: &str| Some(text.to_owned());
        let all = [
            What::Effect { key: "k".to_owned(), value: json!(5), message: some("m") },
            What::Effect { key: "k".to_owned(), value: json!(null), message: None },
            What::Handler {
                state: HandlerState::Error,
                message: "m".to_owned(),
                handle: None,
                key: None,
                reason: some("no"),
            },
            What::Fault {
                rule: "lost-reply".to_owned(),
                id: "S24".to_owned(),
                phase: Phase::AfterEffect,
                call,
                key: some("k"),
                detail: json!({ "message": "m" }),
            },
            What::Crash { reason: "told to".to_owned() },
            What::Restart,
            What::Shutdown,
        ];
        let line =
            |what: &What| Line { case: "c".to_owned(), record: Record { at_ms: 1, process: 2, what: what.clone() } };
        let lines: Vec<_> = all.iter().map(line).collect();
        let text = write(&Header::new("reference", None), &lines);
        assert_eq!(read(&text).unwrap().1, lines);
        assert_eq!(serde_json::to_string(&all[1]).unwrap(), r#"{"effect":{"key":"k","value":null}}"#);
        assert_eq!(serde_json::to_string(&all[5]).unwrap(), r#""restart""#);
    }

    #[test]
    fn history_of_the_first_version_is_read() {
        let text = r#"{"redeliver_history":1,"target":"reference","seed":7}
{"case":"a::b","record":{"at_ms":5,"process":0,"what":{"invoke":{"call":"sqs:ListQueues","input":{}}}}}
"#;
        assert_eq!(read(text).unwrap().1, [line()]);
    }

    #[test]
    fn cut_history_gives_all_before_the_cut_wherever_it_is() {
        let header = Header::new("référence", Some(7));
        let text = write(&header, &[line(), line()]);
        let ends: Vec<_> = text.match_indices('\n').map(|(at, _)| at).collect();
        for length in ends[0] + 1..=text.len() {
            let reading = read_cut(&text.as_bytes()[..length]).unwrap();
            // A line counts as soon as nothing but its newline is missing.
            let whole = ends.iter().filter(|end| **end <= length).count();
            let begin = ends[..whole].last().map_or(0, |end| end + 1);
            let cut = (length > begin).then(|| Cut { line: whole + 1, bytes: length - begin });
            assert_eq!(
                (&reading.header, reading.lines.len(), reading.cut),
                (&header, whole - 1, cut),
                "{length} bytes"
            );
        }
        assert!(matches!(read_cut(&text.as_bytes()[..5]), Err(ReadError::Empty)));
        assert_eq!(Cut { line: 3, bytes: 9 }.to_string(), "the history breaks off in line 3, after 9 bytes of it");
    }
}
