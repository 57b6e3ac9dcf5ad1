//! Calls without expectations, for what they answer.

use std::time::Duration;

use indexmap::IndexMap;
use redeliver_model::Operation;
use redeliver_spec::template::resolve;
use redeliver_spec::{Pattern, Scope};
use serde_json::Value;

use super::Cancel;
use super::cleanup::cleanup;
use super::names::{seed_of, unique};
use super::run::scope;
use super::session::Session;
use super::stop::Stop;
use super::world::{World, runtime};
use crate::matching::mismatches;
use crate::observe::{Answer, Observation};
use crate::target::{Target, Time};

/// What passes between two calls where time is virtual.
const BETWEEN: Duration = Duration::from_millis(5);

/// How long something is asked for that is not found.
const FOUND: Duration = Duration::from_secs(2);

/// A call to be made, as a `call` step of a spec has it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    /// The operation.
    pub(crate) operation: &'static Operation,
    /// The parameters; variables and functions are not yet replaced.
    pub(crate) with: Value,
    /// Name of a variable, and the JSON pointer into the response that gives its value. What is not found stays unknown.
    pub(crate) save: IndexMap<String, String>,
    /// Call again until the response matches, at the latest this long after the first try.
    pub(crate) until: Option<(Value, Duration)>,
}

/// What calls were answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Played {
    /// `${unique}` of these calls.
    pub(crate) unique: String,
    /// One for each call; `None` where it was not made, because an answer that it needs was not given.
    pub(crate) answers: Vec<Option<Observation>>,
}

/// Makes calls in order, deletes what they created, and gives what they answered. `id` makes their names; `cancel` ends them. Fails with
/// the reason, and whether the target is gone, where a call got no answer.
pub(crate) fn play(target: &Target, id: &str, calls: &[Asked], cancel: &Cancel) -> Result<Played, (String, bool)> {
    let _turn = target.turn();
    target.reset().map_err(|reason| (reason, false))?;
    let runtime = runtime(target).map_err(|error| (format!("no runtime: {error}"), false))?;
    runtime.block_on(async {
        let seed = seed_of(target.run(), id);
        let unique = unique(target, id, seed);
        let mut scope = scope(target, &unique);
        let world = World::open(target, seed).await.map_err(|reason| (reason, true))?;
        let session = Session::new(target, id, world, unique.clone(), seed);
        let answers = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Stop::could_not_run("cancelled")),
            answers = all(&session, calls, &mut scope) => answers,
            reason = session.steer() => Err(Stop::CouldNotRun { reason, unreachable: true }),
        };
        tokio::select! {
            biased;
            () = cleanup(&session, cancel) => {}
            reason = session.steer() => tracing::warn!(reason, "what was created was not deleted"),
        }
        match answers {
            Ok(answers) => Ok(Played { unique, answers }),
            Err(Stop::Refused(reason)) => Err((reason, false)),
            Err(Stop::CouldNotRun { reason, unreachable }) => Err((reason, unreachable)),
            Err(Stop::Broken(_) | Stop::Vacuous(_)) => Err(("calls without expectations break none".to_owned(), false)),
        }
    })
}

async fn all(session: &Session<'_>, calls: &[Asked], scope: &mut Scope) -> Result<Vec<Option<Observation>>, Stop> {
    let mut answers = Vec::new();
    for asked in calls {
        // What an earlier answer did not have is not there to be sent.
        let Ok(input) = resolve(&asked.with, scope) else {
            answers.push(None);
            continue;
        };
        if session.target().time() != Time::Real {
            // Elsewhere no two calls come at the same instant.
            session.pause(BETWEEN).await;
        }
        // Nobody makes what was refused, however long it is asked for.
        let refused =
            |seen: &Option<Observation>| seen.as_ref().is_some_and(|seen| matches!(seen.answer, Answer::Refused(_)));
        let waits = !answers.iter().any(refused);
        let seen = answered(session, asked, &input, waits).await?;
        if let Answer::Success(output) = &seen.answer {
            for (name, pointer) in &asked.save {
                if let Some(value) = output.pointer(pointer) {
                    scope.set(name, value.clone());
                }
            }
        }
        answers.push(Some(seen));
    }
    Ok(answers)
}

async fn answered(session: &Session<'_>, asked: &Asked, input: &Value, waits: bool) -> Result<Observation, Stop> {
    let start = tokio::time::Instant::now();
    loop {
        let seen = session.call(0, asked.operation.service, asked.operation.name, input).await?;
        let Some((wanted, patience)) = &asked.until else { return Ok(seen) };
        let is_there = match (&seen.answer, Pattern::parse(wanted)) {
            (Answer::Success(output), Ok(pattern)) => mismatches(&pattern, Some(output)).is_empty(),
            _ => false,
        };
        // What was just made may not be found at once.
        let patience = if matches!(seen.answer, Answer::Success(_)) { *patience } else { FOUND.min(*patience) };
        if is_there || !waits || start.elapsed() >= patience {
            return Ok(seen);
        }
        session.pause(session.pace().0).await;
    }
}
