//! The clock: read, put ahead, let stand still and run.

use std::time::Duration;

use redeliver_core::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::Problem;
use crate::engine::Engine;

/// What is to be done to the clock, all at once; first it is frozen or not, then it is put ahead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Whether it stands still.
    frozen: Option<bool>,
    /// How far it is put ahead, in milliseconds.
    advance_ms: Option<u64>,
}

/// What time it is, and what waits for time to pass.
pub(super) fn read(engine: &Engine) -> Value {
    let (waiting, due) = engine.steer(|state, _| state.waits());
    let (posting, late) = engine.desk.under_way();
    let now = engine.clock.now();
    json!({
        "now_ms": now.as_millis(),
        "frozen": engine.clock.is_frozen(),
        "waiting": waiting,
        "posting": posting,
        "due_ms": due.into_iter().chain(late).min().map(Timestamp::as_millis),
    })
}

/// Changes the clock; what was due meanwhile has happened when this is answered.
pub(super) fn change(engine: &Engine, body: &[u8]) -> Result<Value, Problem> {
    let example = "send JSON such as `{\"advance_ms\":31000}` or `{\"frozen\":true}`";
    let change: Change = serde_json::from_slice(body)
        .map_err(|error| Problem::bad_request(format!("the body is no change of the clock: {error}: {example}")))?;
    if change.frozen.is_none() && change.advance_ms.is_none() {
        return Err(Problem::bad_request(format!("the body asks for nothing: {example}")));
    }
    engine.steer(|_, clock| {
        if let Some(frozen) = change.frozen {
            clock.freeze(frozen);
        }
        if let Some(milliseconds) = change.advance_ms {
            clock.jump(Duration::from_millis(milliseconds));
        }
    });
    Ok(read(engine))
}
