//! Effects: what consumers in any language do to the outside world, told by themselves.

use redeliver_check::{Record, What, probe};
use serde_json::{Value, json};

use super::problem::Problem;
use crate::server::Shared;

/// All of them, in order.
pub(super) fn read(shared: &Shared) -> Result<Value, Problem> {
    if !shared.history.is_kept() {
        return Err(Problem::no_history());
    }
    Ok(json!({ "effects": shared.history.told_effects().iter().filter_map(effect).collect::<Vec<_>>() }))
}

/// Takes effects into the history, at this moment: all that the body tells, or none.
pub(super) fn tell(shared: &Shared, body: &[u8]) -> Result<Value, Problem> {
    if !shared.history.is_kept() {
        return Err(Problem::no_history());
    }
    let effects = probe::read(body).map_err(|problem| Problem::bad_request(problem.to_string()))?;
    let taken = effects.len();
    shared.history.effects(&shared.engine, effects, body.len());
    Ok(json!({ "taken": taken }))
}

fn effect(record: &Record) -> Option<Value> {
    let What::Effect { key, value, message } = &record.what else { return None };
    Some(json!({ "at_ms": record.at_ms, "key": key, "value": value, "message": message }))
}
