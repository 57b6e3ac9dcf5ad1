//! What every invariant says of each case of a history file.

use indexmap::IndexMap;
use redeliver_check::jsonl::{Cut, ReadError, read_cut};
use redeliver_check::{Expectation, Invariant, Record, Verdict, check_all};

use super::scenes::scenes;

/// A history file, checked.
#[derive(Debug)]
pub struct Checked {
    /// The cases in it, in order.
    pub cases: Vec<CheckedCase>,
    /// Where the file breaks off.
    pub cut: Option<Cut>,
}

/// One case of it.
#[derive(Debug)]
pub struct CheckedCase {
    /// Its id.
    pub id: String,
    /// Its records.
    pub history: Vec<Record>,
    /// Queues that it is about.
    pub queues: usize,
    /// What the invariants say.
    pub verdicts: Vec<(Invariant, Verdict)>,
}

/// Checks the bytes of a history file. Queues that `expectation` does not name are those that the history's own calls made.
///
/// # Errors
///
/// When the file is no history; says which line.
pub fn check(bytes: &[u8], expectation: &Expectation, only: &[Invariant]) -> Result<Checked, ReadError> {
    let reading = read_cut(bytes)?;
    let mut cases = IndexMap::<String, Vec<Record>>::new();
    for line in reading.lines {
        cases.entry(line.case).or_default().push(line.record);
    }
    let cases = cases.into_iter().map(|(id, history)| {
        let mut expectation = expectation.clone();
        if expectation.queues.is_empty() {
            expectation.queues = scenes(&history);
        }
        let verdicts = check_all(&history, &expectation).into_iter();
        let verdicts = verdicts.filter(|(invariant, _)| only.is_empty() || only.contains(invariant)).collect();
        CheckedCase { id, queues: expectation.queues.len(), history, verdicts }
    });
    Ok(Checked { cases: cases.collect(), cut: reading.cut })
}
