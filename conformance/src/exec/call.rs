//! A `call` step.

use redeliver_spec::{CallStep, Step};

use super::fill;
use super::judge::{Expected, Place, judge, save};
use super::retry::Retry;
use super::session::{Session, name_of};
use super::steps::Frame;
use super::stop::Stop;
use crate::aws::Rules;

/// Calls until the expectation holds, once unless the step says `eventually`.
pub(super) async fn run(session: &Session<'_>, step: &Step, call: &CallStep, frame: &mut Frame) -> Result<(), Stop> {
    let input = fill::parameters(&call.with, &frame.scope, &format!("{}/with", step.pointer))?;
    let expected = Expected::new(&call.expect, &frame.scope, &step.pointer)?;
    let name = name_of(call.service, call.operation.name);
    let place =
        Place { step: &step.pointer, key: "call", call: &name, input: &input, empty_is_none: session.empty_is_none() };
    let operation = call.operation.name;
    let window = session.target().rules().and_then(|rules| rules.window(call.service, operation));
    let mut retry = Retry::new(session, call.eventually.max(window));
    loop {
        let seen = session.call_as(call.caller, frame.process, call.service, call.operation.name, &input).await?;
        let tried = match judge(&expected, &seen, &place)? {
            None => save(&call.save, &seen, &place),
            Some(failure) => Err(failure),
        };
        let failure = match tried {
            Ok(saved) => {
                frame.keep(saved);
                return Ok(());
            }
            Err(failure) => failure,
        };
        let is_final = call.eventually.is_none() && !Rules::may_ask_again(operation, &seen);
        if retry.is_over() || is_final {
            return Err(failure.into());
        }
        if call.eventually.is_none() {
            // A replay, which has no such rules, asks once.
            session.tape().forget_last(frame.process);
        }
        retry.pause().await;
    }
}
