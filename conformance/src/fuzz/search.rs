//! Draws programs, plays them on both targets, keeps what differs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redeliver_model::Service;
use redeliver_spec::{Feature, Suite};

use super::compare::Difference;
use super::draw::Draw;
use super::pair::{Pair, Unanswered, is_ordered, own};
use super::program::Program;
use super::shrink::{Shown, shrink};
use super::signature::{glance, signature};
use super::stated::Stated;
use super::write::Written;
use crate::exec::{Cancel, run_case};
use crate::finding::Finding;
use crate::target::Target;

/// How often a difference of the same looks is made small: with something odd in the call that shows it, and without.
const TIMES: (u32, u32) = (1, 4);

/// What is searched, and how long.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whose operations.
    pub service: Service,
    /// The first seed.
    pub first_seed: u64,
    /// How many seeds.
    pub seeds: u64,
    /// The longest time.
    pub time: Option<Duration>,
    /// The most calls of a program, without those that open and close it.
    pub steps: usize,
    /// How many programs are played at the same time.
    pub jobs: usize,
}

/// A difference that no case states yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What makes it another one than those before.
    pub signature: String,
    /// The seed of the program that showed it.
    pub seed: u64,
    /// How many calls the smallest program has.
    pub calls: usize,
    /// The name of its case, and of its file.
    pub name: String,
    /// The text of its spec file.
    pub text: String,
}

/// What is told on the way.
#[derive(Debug)]
pub enum Told<'a> {
    /// So many programs were played so far.
    Programs(u64),
    /// A difference that no case states yet.
    Found(&'a Found),
}

/// What was found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Differences that no case states yet, in the order of their names.
    pub found: Vec<Found>,
    /// Differences that a case states: how many, by its id.
    pub stated: BTreeMap<String, u32>,
    /// Signatures of differences that their spec did not show again.
    pub unconfirmed: Vec<String>,
    /// Programs that were drawn and played.
    pub programs: u64,
    /// Calls to each of the targets, those of making programs small included.
    pub calls: u64,
    /// Programs to which one of the targets gave no whole answer.
    pub unanswered: u64,
    /// Why the first of them was not answered.
    pub reason: Option<String>,
    /// Why the search ended early: a target is gone.
    pub gone: Option<String>,
}

/// Searches until the seeds or the time are over, or it is cancelled.
pub fn search(
    (target, against): (&Target, &Target),
    suite: &Suite,
    settings: &Settings,
    cancel: &Cancel,
    tell: &(dyn Fn(&Told<'_>) + Sync),
) -> Outcome {
    let clock = stopwatch();
    let goes_on = || !cancel.is_cancelled() && settings.time.is_none_or(|time| clock() < time);
    let stated = Stated::new(suite, settings.service, target);
    let pair = Pair { target, against, alter: &|_, _| {}, cancel, calls: AtomicU64::new(0) };
    Search { pair, settings, stated, tell, goes_on: &goes_on, confirms: true }.run()
}

/// One search: what all of its workers share.
pub(super) struct Search<'a> {
    /// Both sides.
    pub(super) pair: Pair<'a>,
    /// What is searched.
    pub(super) settings: &'a Settings,
    /// What cases say already.
    pub(super) stated: Stated<'a>,
    /// Who is told.
    pub(super) tell: &'a (dyn Fn(&Told<'_>) + Sync),
    /// Whether there is time.
    pub(super) goes_on: &'a (dyn Fn() -> bool + Sync),
    /// Whether a spec is run before it counts; a planted difference is not seen by one.
    pub(super) confirms: bool,
}

/// What the workers have seen.
#[derive(Default)]
struct Seen {
    glances: BTreeMap<String, u32>,
    signatures: BTreeSet<String>,
    names: BTreeSet<String>,
    outcome: Outcome,
}

impl Search<'_> {
    /// Searches to the end.
    pub(super) fn run(self) -> Outcome {
        let so_far = Mutex::default();
        let next = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..self.settings.jobs.max(1) {
                scope.spawn(|| self.work(&next, &so_far));
            }
        });
        let mut outcome = so_far.into_inner().unwrap_or_else(PoisonError::into_inner).outcome;
        outcome.found.sort_by(|left, right| left.name.cmp(&right.name));
        outcome.calls = self.pair.calls.into_inner();
        outcome
    }

    /// Takes seed after seed.
    fn work(&self, next: &AtomicU64, so_far: &Mutex<Seen>) {
        let has = |feature: Feature| {
            [self.pair.target, self.pair.against].iter().all(|target| target.manifest().features.contains(&feature))
        };
        let draw = Draw::new(self.settings.service, self.settings.steps, &has);
        while (self.goes_on)() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= self.settings.seeds || lock(so_far).outcome.gone.is_some() {
                return;
            }
            let seed = self.settings.first_seed.wrapping_add(number);
            self.program(&draw.program(seed), seed, so_far);
            let mut state = lock(so_far);
            state.outcome.programs += 1;
            (self.tell)(&Told::Programs(state.outcome.programs));
        }
    }

    /// Plays a program, and makes small what differs.
    fn program(&self, program: &Program, seed: u64, so_far: &Mutex<Seen>) {
        let found = match self.pair.compare(program, &format!("fuzz-{seed}")) {
            Ok(found) => found,
            Err(unanswered) => return self.unanswered(unanswered, so_far),
        };
        for (index, difference) in found.iter().enumerate() {
            if !(self.goes_on)() {
                return;
            }
            let is_odd = program.odd[difference.call].is_some();
            {
                let mut state = lock(so_far);
                let times = state.glances.entry(glance(program, difference)).or_default();
                *times += 1;
                if *times > (if is_odd { TIMES.0 } else { TIMES.1 }) {
                    continue;
                }
            }
            let shown = self.small(program, difference, &format!("fuzz-{seed}-{index}"));
            let signature = signature(&shown.program, &shown.difference);
            if lock(so_far).signatures.insert(signature.clone()) {
                self.keep(&shown, signature, seed, so_far);
            }
        }
    }

    fn unanswered(&self, unanswered: Unanswered, so_far: &Mutex<Seen>) {
        if self.pair.cancel.is_cancelled() {
            return;
        }
        let outcome = &mut lock(so_far).outcome;
        outcome.unanswered += 1;
        if unanswered.gone {
            outcome.gone.get_or_insert(unanswered.reason);
        } else {
            outcome.reason.get_or_insert(unanswered.reason);
        }
    }

    fn small(&self, program: &Program, difference: &Difference, id: &str) -> Shown {
        let mut tries = 0;
        shrink(program, difference, &mut |smaller| {
            if !(self.goes_on)() {
                return None;
            }
            // Names of their own: some targets do not give a name away again at once.
            tries += 1;
            self.pair.differs(smaller, difference, &format!("{id}-{tries}"))
        })
    }

    /// Writes a difference down, unless a case states it or its spec does not show it.
    fn keep(&self, shown: &Shown, signature: String, seed: u64, so_far: &Mutex<Seen>) {
        if let Some(case) = self.stated.by(shown, self.pair.cancel) {
            *lock(so_far).outcome.stated.entry(case).or_default() += 1;
            return;
        }
        let Some((name, text)) = self.written(shown, seed, so_far) else {
            lock(so_far).outcome.unconfirmed.push(signature);
            return;
        };
        let found = Found { signature, seed, calls: shown.program.len(), name, text };
        (self.tell)(&Told::Found(&found));
        lock(so_far).outcome.found.push(found);
    }

    /// Name and text of a spec that the one side passes and the other fails.
    fn written(&self, shown: &Shown, seed: u64, so_far: &Mutex<Seen>) -> Option<(String, String)> {
        let Pair { target, against, cancel, .. } = self.pair;
        let expected = self.pair.expected(&shown.program, &format!("fuzz-{seed}-written")).ok()?;
        let own = own(against, &expected, false);
        let names = (target.name(), against.name());
        let written = Written { shown, expected: &expected, own: &own, ordered: is_ordered(&shown.program), names };
        let name = free(&written.name(), &mut lock(so_far).names);
        let text = written.text(&name, seed);
        let path = format!("{}/fuzz/{name}.yaml", self.settings.service.prefix());
        let suite = match redeliver_spec::load([(path, text.as_str())]) {
            Ok(suite) => suite,
            Err(problems) => {
                tracing::debug!(%problems, "a spec that does not lint");
                return None;
            }
        };
        let case = suite.cases().next()?;
        let holds = run_case(against, case, cancel).finding == Finding::Held;
        let breaks = !self.confirms || matches!(run_case(target, case, cancel).finding, Finding::Broken(_));
        (holds && breaks).then_some((name, text))
    }
}

/// A name that is not taken, like this one.
fn free(name: &str, names: &mut BTreeSet<String>) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while !names.insert(free.clone()) {
        free = format!("{name}-{number}");
        number += 1;
    }
    free
}

fn lock(so_far: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    // What a worker that panicked has seen is still true.
    so_far.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Real time that passed.
#[expect(
    clippy::disallowed_methods,
    reason = "a search ends after so much real time; nothing that is written hangs on it"
)]
fn stopwatch() -> impl Fn() -> Duration + Sync {
    let start = std::time::Instant::now();
    move || start.elapsed()
}
