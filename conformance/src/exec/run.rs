//! Runs one case.

use std::time::Duration;

use redeliver_check::Record;
use redeliver_spec::{Case, Scope};

use super::Cancel;
use super::cleanup::cleanup;
use super::names::{partition, seed_of, unique};
use super::session::Session;
use super::steps::{Frame, run_steps};
use super::stop::Stop;
use super::world::{World, runtime};
use crate::client::{OTHER_ACCOUNT, other_region};
use crate::finding::{CaseRun, Finding};
use crate::target::Target;

/// Runs one case to its end, deletes what it created, and says what was found. Blocks the calling thread; when `cancel` is cancelled,
/// it ends at once, cleaning up all the same.
pub fn run_case(target: &Target, case: &Case, cancel: &Cancel) -> CaseRun {
    let done = |finding, elapsed, history: Vec<Record>| CaseRun { id: case.id.clone(), finding, elapsed, history };
    let could_not_run = |reason| done(Stop::could_not_run(reason).into(), Duration::ZERO, Vec::new());
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
        let world = match World::open(target, seed).await {
            Ok(world) => world,
            Err(reason) => {
                return done(Stop::CouldNotRun { reason, unreachable: true }.into(), Duration::ZERO, Vec::new());
            }
        };
        let session = Session::new(target, &case.id, world, unique, seed);
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Stop::could_not_run("cancelled")),
            result = run_steps(&session, &case.steps, &mut frame) => result,
            reason = session.steer() => Err(Stop::CouldNotRun { reason, unreachable: true }),
        };
        let elapsed = session.elapsed();
        tokio::select! {
            biased;
            () = cleanup(&session, cancel) => {}
            reason = session.steer() => tracing::warn!(reason, "what a case created was not deleted"),
        }
        session.tell_events();
        let finding = result.map_or_else(Finding::from, |()| Finding::Held);
        done(finding, elapsed, session.into_history())
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
