//! Faults between clients and what is served: begun, told, ended.

use redeliver_chaos::{Mode, Schedule};
use serde::Deserialize;
use serde_json::{Value, json};

use super::problem::Problem;
use crate::server::between::Between;
use crate::server::{Faults, FaultsProblem};

/// How a plan without a file is called in messages.
const PLAN: &str = "plan";

/// What faults there are to be: drawn as a plan says, or those of a schedule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    plan: Option<String>,
    seed: Option<u64>,
    schedule: Option<Value>,
}

/// What there is to say of the faults.
pub(super) fn read(between: &Between) -> Value {
    let Some(story) = between.story() else {
        let fired = Schedule::new(0, Vec::new());
        return json!({ "mode": "off", "healed": false, "fired": fired, "missed": [], "owed": 0 });
    };
    let Faults { plan, seed, mode } = &story.faults;
    let rules: Vec<_> = match mode {
        Mode::Replay(faults) => faults.iter().map(|fault| fault.rule.as_str()).collect(),
        Mode::Draw | Mode::Calm => plan.rules.iter().map(|rule| rule.rule.as_str()).collect(),
    };
    json!({
        "mode": if matches!(mode, Mode::Replay(_)) { "replay" } else { "draw" },
        "healed": story.is_healed,
        "about": plan.about,
        "seed": seed,
        "rules": rules,
        "fired": story.fired,
        "missed": story.missed,
        "owed": story.owed,
    })
}

/// Faults from here on.
pub(super) fn begin(between: &Between, seed: u64, body: &[u8]) -> Result<Value, Problem> {
    let example = "send JSON such as `{\"plan\":\"at_least_once\",\"seed\":7}` or `{\"schedule\":{...}}`";
    let wanted: Wanted = serde_json::from_slice(body)
        .map_err(|error| Problem::bad_request(format!("the body names no faults: {error}: {example}")))?;
    let faults = match wanted {
        Wanted { plan: Some(plan), seed: given, schedule: None } => {
            Faults::draw(PLAN, &plan, given, seed, between.place)
        }
        Wanted { plan: None, seed: None, schedule: Some(schedule) } => {
            Faults::replay(&schedule.to_string(), between.place)
        }
        Wanted { seed: Some(_), schedule: Some(_), .. } => {
            return Err(Problem::bad_request("a schedule has a seed of its own: leave out `seed` beside it"));
        }
        Wanted { plan: Some(_), schedule: Some(_), .. } | Wanted { plan: None, schedule: None, .. } => {
            return Err(Problem::bad_request(format!("the body must have either `plan` or `schedule`: {example}")));
        }
    };
    between.begin(faults.map_err(|problem: FaultsProblem| Problem::bad_request(problem.to_string()))?);
    Ok(read(between))
}

/// No more faults.
pub(super) fn end(between: &Between) -> Value {
    between.heal();
    read(between)
}
