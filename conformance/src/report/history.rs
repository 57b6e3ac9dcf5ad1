//! The history report: what every case called and was answered, as JSON lines by case id.

use redeliver_check::jsonl::{Header, Line, write};

use super::Recorded;

/// Writes the history of a run.
pub fn history(run: &Recorded) -> String {
    let header = Header::new(run.header.target.clone(), Some(run.header.seed));
    let line = |id: &str, record: &redeliver_check::Record| Line { case: id.to_owned(), record: record.clone() };
    let lines: Vec<_> = run
        .results
        .iter()
        .flat_map(|result| result.run.history.iter().map(|record| line(&result.run.id, record)))
        .collect();
    write(&header, &lines)
}
