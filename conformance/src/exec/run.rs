//! Runs one case.

use std::cell::RefCell;
use std::time::Duration;

use redeliver_check::Record;
use redeliver_spec::{Case, Scope};

use super::Cancel;
use super::cleanup::cleanup;
use super::names::{partition, seed_of, unique};
use super::session::Session;
use super::steps::{Frame, run_steps};
use super::stop::Stop;
use super::tape::{Tape, redacted};
use super::world::{REAL_PACE, World, runtime};
use crate::client::{OTHER_ACCOUNT, other_region};
use crate::finding::{CaseRun, Finding};
use crate::recording::{Exchange, Replay, Transcript};
use crate::target::Target;

/// Runs one case to its end, deletes what it created, and says what was found. Blocks the calling thread; when `cancel` is cancelled,
/// it ends at once, cleaning up all the same.
pub fn run_case(target: &Target, case: &Case, cancel: &Cancel) -> CaseRun {
    run(target, case, cancel, Tape::Off).0
}

/// Does the same and takes down the calls of the steps, without what is secret or of this run alone.
pub fn record_case(target: &Target, case: &Case, cancel: &Cancel) -> (CaseRun, Transcript) {
    let (run, exchanges) = run(target, case, cancel, Tape::Record(RefCell::default()));
    (run, Transcript { case: case.id.clone(), exchanges })
}

/// Runs one case on what was recorded, without a network, in virtual time. The target is one in process that stands for the recorded one.
pub fn replay_case(target: &Target, case: &Case, replay: Replay, cancel: &Cancel) -> CaseRun {
    run(target, case, cancel, Tape::Replay(replay)).0
}

fn run(target: &Target, case: &Case, cancel: &Cancel, tape: Tape) -> (CaseRun, Vec<Exchange>) {
    let done = |finding, elapsed, history: Vec<Record>| CaseRun { id: case.id.clone(), finding, elapsed, history };
    let nothing = |finding| (done(finding, Duration::ZERO, Vec::new()), Vec::new());
    let could_not_run = |reason| nothing(Stop::could_not_run(reason).into());
    if cancel.is_cancelled() {
        return could_not_run("cancelled".to_owned());
    }
    let _turn = target.turn();
    if let Err(reason) = target.reset() {
        return could_not_run(reason);
    }
    let runtime = match runtime(target) {
        Ok(runtime) => runtime,
        Err(error) => return could_not_run(format!("no runtime: {error}")),
    };
    runtime.block_on(async {
        let seed = seed_of(target.run(), &case.id);
        let unique = unique(target, &case.id, seed);
        let mut frame = Frame { process: 0, scope: scope(target, &unique) };
        let mut world = match World::open(target, seed).await {
            Ok(world) => world,
            Err(reason) => return nothing(Stop::CouldNotRun { reason, unreachable: true }.into()),
        };
        if tape.replay().is_some_and(Replay::is_real_time) {
            world.pace = REAL_PACE;
        }
        let name = unique.clone();
        let session = Session::new(target, &case.id, world, unique, seed).with(tape);
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Stop::could_not_run("cancelled")),
            result = run_steps(&session, &case.steps, &mut frame) => result,
            reason = session.steer() => Err(Stop::CouldNotRun { reason, unreachable: true }),
        };
        let elapsed = session.elapsed();
        let exchanges = redacted(target, &case.id, name, session.tape().take()).await;
        if session.tape().replay().is_none() {
            tokio::select! {
                biased;
                () = cleanup(&session, cancel) => {}
                reason = session.steer() => tracing::warn!(reason, "what a case created was not deleted"),
            }
        }
        session.tell_events();
        let finding = result.map_or_else(Finding::from, |()| Finding::Held);
        (done(finding, elapsed, session.into_history()), exchanges)
    })
}

/// The variables that every case has.
pub(super) fn scope(target: &Target, unique: &str) -> Scope {
    let manifest = target.manifest();
    let mut scope = Scope::new();
    scope.set("unique", unique);
    scope.set("account", manifest.account.as_str());
    scope.set("region", manifest.region.as_str());
    scope.set("partition", partition(&manifest.region));
    scope.set("other_account", OTHER_ACCOUNT);
    scope.set("other_region", other_region(&manifest.region));
    scope
}
