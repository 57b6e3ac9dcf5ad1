//! One run of a test: a runtime, a world and a clock of its own.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use redeliver_chaos::{At, Fault, Mode, Schedule};
use redeliver_check::Record;

use super::quiet;
use crate::test::Breach;
use crate::world::World;
use crate::world::faults::Faults;
use crate::world::run::{Baseline, Run, Setup};
use crate::world::watched::BLOCKING;
use crate::{Harness, Limits};

/// The body of a test: what it comes to is why it failed, if it did.
pub(crate) type Body<'a> = dyn Fn(World) -> Pin<Box<dyn Future<Output = Option<String>> + 'a>> + 'a;

/// What is run again and again.
pub(crate) struct Subject<'a> {
    pub(crate) name: String,
    pub(crate) body: &'a Body<'a>,
    pub(crate) plan: redeliver_chaos::Plan,
    /// Rules that the test promises to be tested with.
    pub(crate) promised: Vec<String>,
    pub(crate) setup: Setup,
    /// What the calm run came to.
    pub(crate) baseline: Arc<Mutex<Baseline>>,
}

/// What a run came to.
#[derive(Debug, Clone)]
pub(crate) struct Ran {
    /// What it broke, in the order in which it was noticed.
    pub(crate) breaches: Vec<Breach>,
    pub(crate) history: Vec<Record>,
    pub(crate) processes: BTreeMap<u32, String>,
    /// The faults that fired.
    pub(crate) fired: Schedule,
    /// Faults of the schedule that did not find their place.
    pub(crate) missed: Vec<Fault>,
    /// Each fault that could have fired alone, for each place that the run had for it.
    pub(crate) candidates: Vec<Fault>,
    /// Each fault on a worker that the plan means, by its moment.
    pub(crate) moments: BTreeMap<At, Vec<Fault>>,
    /// Polls of the workers before which a crash can be told from any other, by worker.
    pub(crate) points: Vec<(String, Vec<u64>)>,
    /// The other polls: a crash there is another one only for what is outside of the run, as a database is.
    pub(crate) quiet_points: Vec<(String, Vec<u64>)>,
    /// Who waited for what is outside of the run, if anybody did.
    pub(crate) foreign: Option<String>,
    /// Which invariants the test asked for that nothing can be said about.
    pub(crate) unjudged: Vec<String>,
}

impl Ran {
    /// Whether it broke this property.
    pub(crate) fn broke(&self, property: &str) -> bool {
        self.breaches.iter().any(|breach| breach.property == property)
    }
}

impl Subject<'_> {
    /// Runs it once.
    pub(crate) fn run(&self, seed: u64, mode: Mode) -> Ran {
        let runtime = match self.setup.real_time {
            // Without IO: a socket in a handler would make virtual time rush ahead, so that it has to fail at once.
            None => tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .start_paused(true)
                .thread_name(BLOCKING)
                .build(),
            Some(_) => tokio::runtime::Builder::new_current_thread().enable_all().thread_name(BLOCKING).build(),
        };
        let runtime = runtime.expect("a runtime of one thread needs nothing that can be missing");
        fastrand::seed(seed);
        let run = {
            let _inside = runtime.enter();
            let harness =
                Harness::builder().seed(seed).limits(Limits { stream_throughput: true, ..Limits::relaxed() }).build();
            if let Some(scale) = self.setup.real_time {
                harness.clock().scale(scale);
            }
            let faults = Faults::new(&self.plan, seed, mode, &harness);
            Arc::new(Run::new(seed, self.setup.clone(), harness, faults, Arc::clone(&self.baseline)))
        };
        let world = World::new(Arc::clone(&run));
        let spawned = tokio::task::LocalSet::new();
        let came_to = quiet::catch(|| runtime.block_on(spawned.run_until((self.body)(world))));
        match came_to {
            Ok(None) => {}
            Ok(Some(mistake)) => run.broke("assertion", None, lines(&mistake)),
            Err(panic) => run.broke("assertion", None, lines(&panic)),
        }
        // What was spawned must not outlive the run; its last words belong to nobody.
        let history = run.log.snapshot();
        drop(spawned);
        runtime.shutdown_background();
        run.harness.forget_receivers();
        let workers = run.workers();
        let points = workers.iter().map(|worker| (worker.name.clone(), worker.points())).collect();
        let quiet_points = workers.iter().map(|worker| (worker.name.clone(), worker.quiet_points())).collect();
        Ran {
            breaches: run.breaches(),
            history,
            processes: run.processes(),
            fired: run.faults.fired(),
            missed: run.faults.missed(),
            candidates: run.faults.candidates(),
            moments: run.faults.moments(),
            points,
            quiet_points,
            foreign: run.foreign(),
            unjudged: run.unjudged(),
        }
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).collect()
}
