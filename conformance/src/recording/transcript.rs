//! The file of one case: a line that says which, then a line for each call.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::line::Line;
use super::{Exchange, FORMAT, RecordingProblem};

/// What was called and answered in one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// Id of the case.
    pub case: String,
    /// Calls, in the order in which their answers came.
    pub exchanges: Vec<Exchange>,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    recording: u32,
    case: String,
    calls: usize,
}

impl Transcript {
    /// The file's text.
    pub fn write(&self) -> String {
        let head = Head { recording: FORMAT, case: self.case.clone(), calls: self.exchanges.len() };
        let mut text = json(&head);
        for exchange in &self.exchanges {
            text.push_str(&json(&Line::from(exchange)));
        }
        text
    }

    /// Reads a file's text.
    pub fn read(text: &str, path: &Path) -> Result<Self, RecordingProblem> {
        let malformed = |line: usize, reason: String| RecordingProblem::Malformed {
            path: path.to_owned(),
            line: line + 1,
            reason: format!("{reason}; record it again"),
        };
        let mut lines = text.lines().enumerate();
        let Some((_, first)) = lines.next() else { return Err(malformed(0, "the file is empty".to_owned())) };
        version(first, path).map_err(|problem| problem.unwrap_or_else(|reason| malformed(0, reason)))?;
        let head: Head = serde_json::from_str(first).map_err(|error| malformed(0, plain(&error)))?;
        let mut exchanges = Vec::new();
        for (at, line) in lines {
            let line: Line = serde_json::from_str(line).map_err(|error| malformed(at, plain(&error)))?;
            exchanges.push(line.exchange().map_err(|reason| malformed(at, reason))?);
        }
        if exchanges.len() != head.calls {
            let reason = format!("there are {} calls, and it says {}", exchanges.len(), head.calls);
            return Err(malformed(0, reason));
        }
        Ok(Self { case: head.case, exchanges })
    }
}

/// Refuses another format before anything else is looked at, for it may look otherwise. `Err(Err(_))` for what is no recording at all.
pub(super) fn version(text: &str, path: &Path) -> Result<(), Result<RecordingProblem, String>> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| Err(plain(&error)))?;
    match value.get("recording") {
        Some(seen) if *seen == FORMAT => Ok(()),
        Some(seen) => {
            Err(Ok(RecordingProblem::Version { path: path.to_owned(), seen: seen.to_string(), known: FORMAT }))
        }
        None => Err(Err("it does not say `recording` and a format".to_owned())),
    }
}

fn json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).expect("these are maps with text as keys");
    text + "\n"
}

/// The text of an error without its line, which is always 1.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = text.find(" at line ");
    match place {
        Some(place) => format!("{} at column {}", &text[..place], error.column()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::recording::Outcome;

    fn read(text: &str) -> String {
        Transcript::read(text, Path::new("a.jsonl")).unwrap_err().to_string()
    }

    #[test]
    fn what_is_written_is_read() {
        let exchange = |outcome| Exchange {
            process: 1,
            caller: Some(redeliver_spec::Caller::OtherRegion),
            call: "sqs:ListQueues".to_owned(),
            input: json!({ "b": 1, "a": [null] }),
            took_ms: 7,
            outcome,
        };
        let raw = Outcome::Raw(200, json!({ "status": 200 }));
        let exchanges = vec![exchange(Outcome::Lost("reset".to_owned())), exchange(raw)];
        let transcript = Transcript { case: "a::b".to_owned(), exchanges };
        assert_eq!(Transcript::read(&transcript.write(), Path::new("a.jsonl")).unwrap(), transcript);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let head = "{\"recording\":1,\"case\":\"a::b\",\"calls\":1}\n";
        assert_eq!(read(""), "`a.jsonl:1`: the file is empty; record it again");
        assert_eq!(
            read("{\"recording\":9}"),
            "`a.jsonl` has format 9, and this version reads format 1: record it again"
        );
        assert_eq!(
            read(&format!("{head}{{\"call\":\n")),
            "`a.jsonl:2`: EOF while parsing a value at column 8; record it again"
        );
        assert_eq!(read(head), "`a.jsonl:1`: there are 0 calls, and it says 1; record it again");
        assert_eq!(
            read(&format!("{head}{{\"call\":\"sqs:A\",\"in\":{{}}}}\n")),
            "`a.jsonl:2`: it has none of `out`, `refused`, `answer` and `lost`; record it again"
        );
    }
}
