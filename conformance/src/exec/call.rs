//! A `call` step.

use redeliver_spec::{CallStep, Step};
use tokio::time::Instant;

use super::fill;
use super::judge::{Expected, Place, judge, save};
use super::session::{Session, name_of};
use super::steps::Frame;
use super::stop::Stop;

/// Calls until the expectation holds, once unless the step says `eventually`.
pub(super) async fn run(session: &Session<'_>, step: &Step, call: &CallStep, frame: &mut Frame) -> Result<(), Stop> {
    let input = fill::parameters(&call.with, &frame.scope, &format!("{}/with", step.pointer))?;
    let expected = Expected::new(&call.expect, &frame.scope, &step.pointer)?;
    let name = name_of(call.service, call.operation.name);
    let place = Place { step: &step.pointer, key: "call", call: &name, input: &input };
    let give_up = call.eventually.map(|longest| Instant::now() + longest);
    let (mut pause, longest_pause) = session.pace();
    loop {
        let seen = session.call(frame.process, call.service, call.operation.name, &input).await?;
        let tried = match judge(&expected, &seen, &place)? {
            None => save(&call.save, &seen, &place),
            Some(failure) => Err(failure),
        };
        let failure = match tried {
            Ok(saved) => {
                for (name, value) in saved {
                    frame.scope.set(name, value);
                }
                return Ok(());
            }
            Err(failure) => failure,
        };
        // The last try is at the very end of the time that it has.
        let left = give_up.map_or_else(Default::default, |end| end.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Err(failure.into());
        }
        session.pause(pause.min(left)).await;
        pause = (pause * 2).min(longest_pause);
    }
}
