//! How a test is made.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use redeliver_chaos::Plan;

use super::environment::Environment;
use super::keep::keep;
use super::{Outcome, Passed, Problem, regression};
use crate::World;
use crate::explore::budget::Budget;
use crate::explore::run::Subject;
use crate::explore::search::{Reach, Search, Sought};
use crate::world::Exit;
use crate::world::faults::everything_legal;
use crate::world::run::{Baseline, Setup};

/// Seeds that are drawn when a test does not say how many.
const SEEDS: u64 = 32;

/// Pairs of faults that are tried at most.
const PAIRS: usize = 200;

/// A test of a consumer. `#[redeliver::test]` makes one of an `async fn`.
///
/// The body is run again and again, each time in a world of its own and in virtual time: without faults; with each single fault at each
/// place that the calm run has for it; with a crash at each point at which a worker awaits; with faults drawn from seeds; with pairs.
#[derive(Debug, Clone)]
#[must_use = "nothing is tested before `run`"]
pub struct Test {
    name: String,
    plan: Option<Plan>,
    also: Vec<String>,
    seeds: u64,
    first_seed: u64,
    budget: Duration,
    exhaustive: bool,
    first_only: bool,
    pairs: usize,
    setup: Setup,
    manifest: Option<PathBuf>,
    replay: Option<PathBuf>,
    environment: bool,
}

impl Test {
    /// A test of this name.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            plan: None,
            also: Vec::new(),
            seeds: SEEDS,
            first_seed: 0,
            budget: Duration::from_secs(5),
            exhaustive: true,
            first_only: false,
            pairs: PAIRS,
            setup: Setup::default(),
            manifest: None,
            replay: None,
            environment: true,
        }
    }

    /// What may happen. Default: what at-least-once delivery means. Each rule of a plan that is given is a promise: when one never
    /// fires, the test is `UNKNOWN`.
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = Some(plan);
        self
    }

    /// Lets these rules act beside those of a test without a plan: what happens so seldom that not every consumer has to be ready for it, such
    /// as `records-trimmed`.
    pub fn also<R: Into<String>>(mut self, rules: impl IntoIterator<Item = R>) -> Self {
        self.also.extend(rules.into_iter().map(Into::into));
        self
    }

    /// Seeds to draw faults from. Default 32.
    pub fn seeds(mut self, seeds: u64) -> Self {
        self.seeds = seeds;
        self
    }

    /// The first seed; the others follow. Default 0.
    pub fn first_seed(mut self, seed: u64) -> Self {
        self.first_seed = seed;
        self
    }

    /// Wall time of the search, looked at between runs. Default 5 s; the variable `REDELIVER_BUDGET` wins.
    pub fn budget(mut self, budget: Duration) -> Self {
        self.budget = budget;
        self
    }

    /// Whether single faults, consumer points and pairs are tried beside seeds. Default true.
    pub fn exhaustive(mut self, exhaustive: bool) -> Self {
        self.exhaustive = exhaustive;
        self
    }

    /// Whether the search ends at the first failure, instead of counting how many more there are. Default false.
    pub fn first_only(mut self, first_only: bool) -> Self {
        self.first_only = first_only;
        self
    }

    /// Pairs of faults that are tried at most, when single faults and seeds found nothing. Default 200.
    pub fn pairs(mut self, pairs: usize) -> Self {
        self.pairs = pairs;
        self
    }

    /// Virtual time that each call takes. Default 10 ms, at least 2 ms.
    pub fn round_trip(mut self, round_trip: Duration) -> Self {
        self.setup.round_trip = round_trip.max(Duration::from_millis(2));
        self
    }

    /// Virtual time that consumers have to drain their queue when there are no more faults. Default one hour.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.setup.patience = patience;
        self
    }

    /// Virtual time after which no more faults are drawn. Default 5 minutes.
    pub fn heal_after(mut self, after: Duration) -> Self {
        self.setup.heal_after = after;
        self
    }

    /// Calls of a run after which it is taken to be a live-lock. Default 20,000.
    pub fn most_calls(mut self, calls: u32) -> Self {
        self.setup.most_calls = calls;
        self
    }

    /// Lets time be real, so many times as fast as the wall's: for handlers that wait for something outside of the run, such as a
    /// database. Runs are then slow, and are not the same each time; schedules are replayed as well as that allows.
    pub fn real_time(mut self, scale: u32) -> Self {
        self.setup.real_time = Some(scale.max(1));
        self
    }

    /// Where the `Cargo.toml` of the consumer is: beside it failures are kept, to be replayed first next time.
    pub fn manifest_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.manifest = Some(folder.as_ref().to_owned());
        self
    }

    /// Runs nothing but the schedule in this file, whose path begins beside the `Cargo.toml` of the consumer.
    pub fn replay(mut self, file: impl AsRef<Path>) -> Self {
        self.replay = Some(file.as_ref().to_owned());
        self
    }

    /// Whether the variables `REDELIVER_*` are followed. Default true.
    pub fn environment(mut self, follow: bool) -> Self {
        self.environment = follow;
        self
    }

    /// Carries it out.
    pub fn run<F, B>(self, body: F) -> Outcome
    where
        F: Fn(World) -> B,
        B: Future<Output: Exit>,
    {
        match self.carry_out(&body) {
            Ok(outcome) => outcome,
            Err(problem) => Outcome::Problem(problem),
        }
    }

    fn carry_out<F, B>(self, body: &F) -> Result<Outcome, Problem>
    where
        F: Fn(World) -> B,
        B: Future<Output: Exit>,
    {
        let environment =
            if self.environment { Environment::read(|name| std::env::var(name).ok())? } else { Environment::default() };
        let budget = Budget::of(environment.budget.unwrap_or(self.budget));
        let file = self.manifest.as_ref().map(|manifest| regression::path(manifest, &self.name));
        let beside = |file: &PathBuf| self.manifest.as_ref().map_or_else(|| file.clone(), |folder| folder.join(file));
        let only = environment.replay.clone().or_else(|| self.replay.clone()).map(|file| beside(&file));
        let only_replay = only.is_some();
        let replay = only.or_else(|| file.clone().filter(|file| file.exists()));
        let earlier = replay.as_deref().map(regression::read).transpose()?;
        let seeds = match environment.seed {
            Some(seed) => vec![seed],
            None => (0..self.seeds).map(|nth| self.first_seed.wrapping_add(nth)).collect(),
        };
        let reach = Reach {
            seed: self.first_seed,
            seeds: if only_replay { Vec::new() } else { seeds },
            exhaustive: self.exhaustive && environment.seed.is_none() && !only_replay,
            pairs: self.pairs,
            only_replay,
            first_only: self.first_only,
        };
        let body = |world: World| -> std::pin::Pin<Box<dyn Future<Output = Option<String>> + '_>> {
            Box::pin(async move { body(world).await.mistake() })
        };
        // One replay or one seed promises nothing.
        let whole = !only_replay && environment.seed.is_none();
        let promised = self
            .plan
            .iter()
            .filter(|_| whole)
            .flat_map(|plan| plan.rules.iter().map(|rule| rule.rule.clone()))
            .collect();
        let subject = Subject {
            name: self.name,
            body: &body,
            plan: self.plan.unwrap_or_else(|| everything_legal(&self.also)),
            promised,
            setup: self.setup,
            baseline: Arc::new(Mutex::new(Baseline::default())),
        };
        let sought = Search::new(&subject, reach, budget).go(earlier);
        Ok(match sought {
            Sought::Passed(summary) => {
                let time = budget.spent();
                Outcome::Passed(Passed { runs: summary.runs, coverage: summary.coverage, cut: summary.cut, time })
            }
            Sought::Failed(mut failure) => {
                if let Some(file) = file.filter(|_| !only_replay) {
                    keep(&mut failure, &file);
                }
                Outcome::Failed(failure)
            }
            Sought::Unknown(reason) => Outcome::Unknown(reason),
            Sought::Misfit(problem) => {
                Outcome::Problem(Problem::Schedule { file: replay.unwrap_or_default(), problem })
            }
        })
    }
}
