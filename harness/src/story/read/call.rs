//! Calls with their answers, and the entries of batches.

use redeliver_check::{Record, What};
use serde_json::Value;

/// How a call ended, or one entry of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Answer<'a> {
    /// Done; what the caller was told.
    Done(&'a Value),
    /// Refused with this code.
    Refused(&'a str),
    /// One entry of a batch was reported as failed with this code.
    Failed(&'a str),
    /// The caller was told nothing that it could trust.
    Unknown(&'a str),
    /// The history ends, or the caller was killed, before there was an answer.
    Open,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call<'a> {
    /// Index of the invocation.
    pub(super) begin: usize,
    /// Index of the answer; of the last record where there is none.
    pub(super) end: usize,
    pub(super) process: u32,
    /// `sqs:SendMessage`.
    pub(super) name: &'a str,
    pub(super) input: &'a Value,
    pub(super) answer: Answer<'a>,
    /// Indices of the faults that struck it.
    pub(super) faults: Vec<usize>,
}

/// One message's part in a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) input: &'a Value,
    pub(super) answer: Answer<'a>,
}

/// All calls in the order in which they began, and the faults that belong to none.
pub(super) fn calls(history: &[Record]) -> (Vec<Call<'_>>, Vec<usize>) {
    let mut calls: Vec<Call<'_>> = Vec::new();
    let (mut open, mut loose) = (Vec::<usize>::new(), Vec::new());
    for (index, Record { process, what, .. }) in history.iter().enumerate() {
        let answer = match what {
            What::Invoke { call, input } => {
                open.push(calls.len());
                let end = history.len() - 1;
                let (answer, faults) = (Answer::Open, Vec::new());
                calls.push(Call { begin: index, end, process: *process, name: call, input, answer, faults });
                continue;
            }
            What::Fault { call, .. } => {
                match struck(&calls, &open, *process, call.as_deref()) {
                    Some(at) => calls[at].faults.push(index),
                    None => loose.push(index),
                }
                continue;
            }
            What::Crash { .. } => {
                open.retain(|at| calls[*at].process != *process);
                continue;
            }
            What::Ok { output, .. } => Answer::Done(output),
            What::Fail { code, .. } => Answer::Refused(code),
            What::Info { reason, .. } => Answer::Unknown(reason),
            _ => continue,
        };
        let name = what.call().unwrap_or_default();
        let found = open.iter().position(|at| calls[*at].process == *process && calls[*at].name == name);
        if let Some(position) = found {
            let call = &mut calls[open.remove(position)];
            (call.end, call.answer) = (index, answer);
        }
    }
    (calls, loose)
}

/// Which call in the air a fault struck: the process's own; that of any process where the fault does not tell whose.
fn struck(calls: &[Call<'_>], open: &[usize], process: u32, name: Option<&str>) -> Option<usize> {
    let name = name?;
    let of_name = || open.iter().rev().copied().filter(|at| calls[*at].name == name);
    let own = of_name().find(|at| calls[*at].process == process);
    own.or_else(|| {
        let mut any = of_name();
        any.next().filter(|_| process == 0 && any.next().is_none())
    })
}

impl<'a> Call<'a> {
    /// Service prefix and batch taken off: `SendMessage`.
    pub(super) fn verb(&self) -> &'a str {
        let verb = self.name.split_once(':').map_or(self.name, |(_, verb)| verb);
        verb.strip_suffix("Batch").unwrap_or(verb)
    }

    /// Its parts, each with its own answer; a call that is no batch is its only part.
    pub(super) fn entries(&self) -> Vec<Entry<'a>> {
        let Some(entries) = self.input.get("Entries").and_then(Value::as_array) else {
            return vec![Entry { input: self.input, answer: self.answer }];
        };
        entries.iter().map(|input| Entry { input, answer: self.entry_answer(input.get("Id")) }).collect()
    }

    fn entry_answer(&self, id: Option<&Value>) -> Answer<'a> {
        let Answer::Done(output) = self.answer else { return self.answer };
        let own = |list: &str| output.get(list)?.as_array()?.iter().find(|result| result.get("Id") == id);
        if let Some(result) = own("Successful") {
            return Answer::Done(result);
        }
        match own("Failed") {
            Some(result) => Answer::Failed(text(result, "Code").unwrap_or("no code")),
            None => Answer::Unknown("its entry is not in the reply"),
        }
    }
}

/// A text of this name.
pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}
