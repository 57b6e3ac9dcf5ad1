//! Faults as histories tell them.

use redeliver_chaos::Told;
use redeliver_chaos::plan::Phase as In;
use redeliver_check::{Phase, What};
use serde_json::{Map, Value};

/// A fault that fired, as a line of a history.
pub(crate) fn fault(told: Told) -> What {
    let Told { rule, id, phase, consumer: _, call, key, queue, parameters } = told;
    let phase = match phase {
        In::BeforeEffect => Phase::BeforeEffect,
        In::AfterEffect => Phase::AfterEffect,
        In::InReply => Phase::InReply,
        In::Consumer => Phase::Consumer,
    };
    let mut detail = Map::new();
    detail.extend(queue.map(|queue| ("queue".to_owned(), queue.into())));
    detail.extend(parameters.iter().map(|(name, value)| (name.to_owned(), value.clone())));
    let detail = if detail.is_empty() { Value::Null } else { Value::Object(detail) };
    What::Fault { rule: rule.to_owned(), id: id.to_owned(), phase, call, key, detail }
}
