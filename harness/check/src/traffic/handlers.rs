//! Beginnings and ends of handlers, joined to intervals.

use std::collections::BTreeMap;

use super::{Handling, HandlingEnd, Span, Traffic};
use crate::mutation::mutated;
use crate::{HandlerState, Record, What};

/// Handlings without an end so far, by process: the message and the number of the handling.
#[derive(Debug, Default)]
pub(super) struct Handlers(BTreeMap<u32, Vec<(usize, usize)>>);

impl Handlers {
    /// Takes in a `What::Handler`.
    pub(super) fn add<'a>(&mut self, traffic: &mut Traffic<'a>, at: usize, record: &'a Record) {
        let What::Handler { state, message, handle, key, reason } = &record.what else { return };
        let message = traffic.message(message);
        let open = self.0.entry(record.process).or_default();
        let found = open.iter().position(|(other, _)| *other == message).map(|found| open.remove(found).1);
        let end = match state {
            HandlerState::Start => HandlingEnd::Cut,
            HandlerState::End => HandlingEnd::Completed(reason.as_deref()),
            HandlerState::Error => HandlingEnd::Failed(reason.as_deref().unwrap_or("no reason told")),
        };
        if let Some(found) = found {
            close(&mut traffic.handlings[found], at, record.at_ms, end);
        }
        if *state != HandlerState::Start && found.is_some() {
            return;
        }
        let (last, last_ms) = traffic.end;
        let span = Span { begin: at, end: last, begin_ms: record.at_ms, end_ms: last_ms };
        // Without a handle it is the last delivery of the message so far.
        let told = handle.as_deref().and_then(|handle| traffic.delivery_with(handle));
        let delivery = told.or(traffic.messages[message].last);
        let key = key.as_deref().map(|key| traffic.keys.number(key)).or(traffic.messages[message].key);
        let mut handling = Handling { process: record.process, message, delivery, key, span, end: HandlingEnd::Open };
        if *state == HandlerState::Start {
            open.push((message, traffic.handlings.len()));
        } else {
            close(&mut handling, at, record.at_ms, end);
        }
        traffic.handlings.push(handling);
    }

    /// The process of this record is no more: what it was handling has ended.
    pub(super) fn cut(&mut self, traffic: &mut Traffic<'_>, at: usize, record: &Record) {
        if mutated("handlers: a crash cuts nothing") {
            return;
        }
        for (_, handling) in self.0.remove(&record.process).unwrap_or_default() {
            close(&mut traffic.handlings[handling], at, record.at_ms, HandlingEnd::Cut);
        }
    }
}

fn close<'a>(handling: &mut Handling<'a>, at: usize, at_ms: u64, end: HandlingEnd<'a>) {
    handling.span.end = at;
    handling.span.end_ms = at_ms;
    handling.end = end;
}
