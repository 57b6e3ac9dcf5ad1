//! When a worker was busy with a message.

use std::collections::BTreeMap;

use redeliver_check::{HandlerState, Record, What};

use super::{Kind, Messages, Moment};

/// How a worker's time with a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HandlingEnd {
    /// As it should.
    Done,
    /// It gave up.
    Failed,
    /// The worker was killed.
    Killed,
    /// The history ends before it.
    Open,
}

/// A stretch of time in which a worker was busy with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handling {
    pub(crate) message: usize,
    pub(crate) process: u32,
    pub(crate) from_ms: u64,
    pub(crate) until_ms: u64,
    pub(crate) end: HandlingEnd,
    /// Index of the record that began it.
    pub(crate) record: usize,
}

/// All of them in the order in which they began.
pub(super) fn handlings(history: &[Record], messages: &Messages) -> Vec<Handling> {
    let end_ms = history.last().map_or(0, |record| record.at_ms);
    let mut list: Vec<Handling> = Vec::new();
    // Indices of those that have not ended.
    let mut open: Vec<usize> = Vec::new();
    for (index, Record { at_ms, process, what }) in history.iter().enumerate() {
        match what {
            What::Handler { state, message, .. } => {
                let Some(message) = messages.find(message) else { continue };
                let end = match state {
                    HandlerState::Start => {
                        let (from_ms, until_ms, end) = (*at_ms, end_ms, HandlingEnd::Open);
                        open.push(list.len());
                        list.push(Handling { message, process: *process, from_ms, until_ms, end, record: index });
                        continue;
                    }
                    HandlerState::End => HandlingEnd::Done,
                    HandlerState::Error => HandlingEnd::Failed,
                };
                let own = |at: &usize| list[*at].process == *process && list[*at].message == message;
                if let Some(position) = open.iter().rposition(own) {
                    let found = &mut list[open.remove(position)];
                    (found.until_ms, found.end) = (*at_ms, end);
                }
            }
            What::Crash { .. } => {
                let killed: Vec<_> = open.extract_if(.., |at| list[*at].process == *process).collect();
                for at in killed {
                    (list[at].until_ms, list[at].end) = (*at_ms, HandlingEnd::Killed);
                }
            }
            _ => {}
        }
    }
    list
}

/// The same for a history whose consumers do not tell of their handlers: from each delivery to the last thing that its worker did
/// with the message or for its key.
pub(super) fn seen(moments: &[Moment]) -> Vec<Handling> {
    let mut list: Vec<Handling> = Vec::new();
    let mut by_message: BTreeMap<(u32, usize), usize> = BTreeMap::new();
    let mut by_key: BTreeMap<(u32, &str), usize> = BTreeMap::new();
    for moment in moments {
        let Some(process) = moment.process else { continue };
        let found = match (moment.kind, moment.message) {
            (Kind::Receive, Some(message)) => {
                by_message.insert((process, message), list.len());
                if let Some(key) = &moment.key {
                    by_key.insert((process, key), list.len());
                }
                let (at_ms, record) = (moment.at_ms, moment.record);
                list.push(Handling {
                    message,
                    process,
                    from_ms: at_ms,
                    until_ms: at_ms,
                    end: HandlingEnd::Done,
                    record,
                });
                continue;
            }
            (Kind::Delete | Kind::Change | Kind::Effect, Some(message)) => by_message.get(&(process, message)),
            (Kind::Effect, None) => moment.key.as_deref().and_then(|key| by_key.get(&(process, key))),
            (Kind::Life, _) if moment.trouble => {
                by_message.retain(|(of, _), _| *of != process);
                by_key.retain(|(of, _), _| *of != process);
                continue;
            }
            _ => continue,
        };
        if let Some(at) = found {
            list[*at].until_ms = moment.at_ms;
        }
    }
    list
}
