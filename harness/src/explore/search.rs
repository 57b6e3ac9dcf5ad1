//! The search: calm run, single faults, consumer points, pairs, seeds.

use std::collections::BTreeMap;

use redeliver_chaos::{Fault, Mode, Schedule, Shrink};

use super::budget::Budget;
use super::candidates::{consumer_points, in_turns, pairs};
use super::diverge::diverge;
use super::run::{Ran, Subject};
use crate::test::{Breach, Coverage, Failure, Found, SearchPhase};

/// How far a search goes.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    /// The seed of the calm run and of all runs with faults that were not drawn.
    pub(crate) seed: u64,
    /// Seeds to draw faults from.
    pub(crate) seeds: Vec<u64>,
    /// Whether single faults, consumer points and pairs are tried.
    pub(crate) exhaustive: bool,
    /// Pairs to try at most.
    pub(crate) pairs: usize,
    /// Whether nothing but an earlier schedule is run.
    pub(crate) only_replay: bool,
    /// Whether the search ends at the first failure.
    pub(crate) first_only: bool,
}

/// What a search came to.
#[derive(Debug)]
pub(crate) enum Sought {
    /// Nothing was broken.
    Passed(Summary),
    /// Something was.
    Failed(Box<Failure>),
    /// Nothing can be said, for this reason.
    Unknown(String),
    /// The schedule that was to be replayed does not fit the run.
    Misfit(String),
}

/// What a search has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) runs: u32,
    pub(crate) coverage: Vec<Coverage>,
    /// The part in which the budget was used up, if it was.
    pub(crate) cut: Option<SearchPhase>,
}

/// A search while it goes on.
pub(crate) struct Search<'a> {
    subject: &'a Subject<'a>,
    reach: Reach,
    budget: Budget,
    /// By part and rule, in the order of the search.
    coverage: BTreeMap<(SearchPhase, String), Coverage>,
    cut: Option<SearchPhase>,
    /// The first run that broke something.
    first: Option<First>,
    /// Rules that fired at all.
    fired: std::collections::BTreeSet<String>,
}

/// The first run that broke something.
struct First {
    phase: SearchPhase,
    seed: Option<u64>,
    breach: Breach,
    schedule: Schedule,
}

impl<'a> Search<'a> {
    pub(crate) fn new(subject: &'a Subject<'a>, reach: Reach, budget: Budget) -> Self {
        let (coverage, fired) = (BTreeMap::new(), std::collections::BTreeSet::new());
        Self { subject, reach, budget, coverage, cut: None, first: None, fired }
    }

    /// Replays the schedules of earlier failures, then searches.
    pub(crate) fn go(mut self, earlier: Option<Schedule>) -> Sought {
        let calm = match self.calm() {
            Ok(calm) => calm,
            Err(sought) => return sought,
        };
        if let Some(schedule) = earlier
            && let Some(misfit) = self.replay_first(&schedule)
        {
            return misfit;
        }
        let singles = in_turns(calm.candidates.clone());
        let points = consumer_points(&self.subject.plan, &calm);
        if self.reach.exhaustive && !self.is_done(SearchPhase::Regression) {
            self.alone(SearchPhase::Single, &singles);
            self.alone(SearchPhase::Consumer, &points);
        }
        if self.first.is_none() {
            self.seeds();
        }
        if self.reach.exhaustive && self.first.is_none() {
            let all = in_turns(singles.into_iter().chain(points).collect());
            for pair in pairs(&all, self.reach.pairs) {
                if self.first.is_some() || self.is_over(SearchPhase::Pair) {
                    break;
                }
                let schedule = self.schedule(pair.to_vec());
                self.try_schedule(SearchPhase::Pair, "", &schedule);
            }
        }
        match self.first.take() {
            Some(first) => self.failed(first, calm),
            None => self.passed(),
        }
    }

    /// Replays an earlier failure. Gives what is wrong with its schedule, when that is all that was asked for: else a consumer that has
    /// changed may have lost the place of a fault, and the search goes on.
    fn replay_first(&mut self, schedule: &Schedule) -> Option<Sought> {
        let ran = self.replay(schedule);
        self.note(SearchPhase::Regression, "", None, &ran);
        if !self.reach.only_replay || ran.missed.is_empty() {
            return None;
        }
        let missed: Vec<_> = ran.missed.iter().map(|fault| format!("\n  {} at {}", fault.rule, fault.at)).collect();
        Some(Sought::Misfit(format!(
            "these faults found no place in the run, which is not the one that the schedule was made for:{}\n  \
             run the test without REDELIVER_REPLAY to search anew",
            missed.concat()
        )))
    }

    /// Whether an earlier failure is there again: then nothing else is worth the time.
    fn is_done(&self, phase: SearchPhase) -> bool {
        self.first.as_ref().is_some_and(|first| first.phase == phase)
    }

    /// The run without faults. What it breaks is no matter of faults.
    fn calm(&mut self) -> Result<Ran, Sought> {
        self.baseline(true);
        let calm = self.run(self.reach.seed, Mode::Calm);
        self.baseline(false);
        if let Some(outside) = &calm.foreign {
            return Err(Sought::Unknown(outside_words(outside)));
        }
        if let Some(breach) = calm.breaches.first().cloned() {
            let schedule = self.schedule(Vec::new());
            let first = First { phase: SearchPhase::Calm, seed: None, breach, schedule };
            let history = calm.clone();
            return Err(self.failure(first, Vec::new(), history, calm, 0, std::time::Duration::ZERO));
        }
        if let Some(unjudged) = calm.unjudged.first() {
            return Err(Sought::Unknown(unjudged.clone()));
        }
        Ok(calm)
    }

    fn baseline(&self, calm: bool) {
        self.subject.baseline.lock().unwrap_or_else(std::sync::PoisonError::into_inner).calm = calm;
    }

    /// Each of these faults alone. Goes on when one fails: how many do is what a repair is measured by.
    fn alone(&mut self, phase: SearchPhase, faults: &[Fault]) {
        for fault in faults {
            self.coverage(phase, &fault.rule).of += 1;
        }
        for fault in faults {
            if self.is_over(phase) {
                break;
            }
            let schedule = self.schedule(vec![fault.clone()]);
            self.try_schedule(phase, &fault.rule, &schedule);
        }
    }

    fn seeds(&mut self) {
        let seeds = self.reach.seeds.clone();
        self.coverage(SearchPhase::Seed, "").of = u32::try_from(seeds.len()).unwrap_or(u32::MAX);
        for seed in seeds {
            if self.is_over(SearchPhase::Seed) {
                break;
            }
            let ran = self.run(seed, Mode::Draw);
            self.note(SearchPhase::Seed, "", Some(seed), &ran);
        }
    }

    fn try_schedule(&mut self, phase: SearchPhase, rule: &str, schedule: &Schedule) {
        let ran = self.replay(schedule);
        self.note(phase, rule, None, &ran);
    }

    fn note(&mut self, phase: SearchPhase, rule: &str, seed: Option<u64>, ran: &Ran) {
        self.fired.extend(ran.fired.faults.iter().map(|fault| fault.rule.clone()));
        let property = self.first.as_ref().map(|first| first.breach.property.clone());
        let failed = property.map_or(!ran.breaches.is_empty(), |property| ran.broke(&property));
        let coverage = self.coverage(phase, rule);
        coverage.runs += 1;
        coverage.of = coverage.of.max(coverage.runs);
        coverage.fired += u32::from(!ran.fired.faults.is_empty());
        coverage.failed += u32::from(failed);
        if self.first.is_none()
            && let Some(breach) = ran.breaches.first().cloned()
        {
            self.first = Some(First { phase, seed, breach, schedule: ran.fired.clone() });
        }
    }

    /// Runs twice, shrinks, and looks what else fails.
    fn failed(mut self, first: First, calm: Ran) -> Sought {
        let schedule = first.schedule.clone();
        let once = self.replay(&schedule);
        let twice = self.replay(&schedule);
        let property = first.breach.property.clone();
        if self.subject.setup.real_time.is_none() {
            if let Some(outside) = once.foreign.as_ref().or(twice.foreign.as_ref()) {
                return Sought::Unknown(outside_words(outside));
            }
            let differs = diverge(&once.history, &twice.history).or_else(|| {
                (!once.broke(&property))
                    .then(|| format!("`{property}` was broken once and holds when the same faults are replayed"))
            });
            if let Some(differs) = differs {
                return Sought::Unknown(format!(
                    "NONDETERMINISTIC: two runs with the same faults are not the same: {differs}\n  a consumer has to draw randomness and time from the run: no HashMap order, no SystemTime, no thread of its own, no `select!` without `biased`"
                ));
            }
        }
        let (runs_before, time_before) = (self.budget.runs(), self.budget.spent());
        let mut smallest = once;
        let mut shrink = Shrink::new(smallest.fired.faults.clone());
        while let Some(part) = shrink.candidate() {
            let ran = self.run(schedule.seed, Mode::Replay(part));
            if !ran.broke(&property) {
                shrink.holds();
            } else if shrink.fails(ran.fired.faults.clone()) {
                smallest = ran;
            }
        }
        let faults = shrink.smallest().to_vec();
        let shrink_runs = self.budget.runs() - runs_before;
        let shrink_time = self.budget.spent().saturating_sub(time_before);
        if self.coverage.keys().all(|(phase, _)| *phase != SearchPhase::Seed) {
            self.first = Some(First { phase: first.phase, seed: first.seed, breach: first.breach.clone(), schedule });
            self.seeds();
        }
        self.failure(first, faults, smallest, calm, shrink_runs, shrink_time)
    }

    fn failure(
        &mut self,
        first: First,
        faults: Vec<Fault>,
        ran: Ran,
        calm: Ran,
        shrink_runs: u32,
        shrink_time: std::time::Duration,
    ) -> Sought {
        let property = first.breach.property.clone();
        let (mut own, mut others): (Vec<_>, Vec<_>) =
            ran.breaches.iter().cloned().partition(|breach| breach.property == property);
        let breach = if own.is_empty() { first.breach } else { own.remove(0) };
        others.extend(own);
        let found = Found {
            phase: first.phase,
            seed: first.seed,
            faults: first.schedule.faults.len(),
            shrink_runs,
            shrink_time,
            runs: self.budget.runs(),
            time: self.budget.spent(),
        };
        Sought::Failed(Box::new(Failure {
            test: self.subject.name.clone(),
            breach,
            also_broken: others,
            schedule: Schedule { faults, ..first.schedule },
            history: ran.history,
            calm_history: calm.history,
            processes: ran.processes,
            found,
            coverage: self.coverage.values().cloned().collect(),
            regression: None,
            files: Vec::new(),
        }))
    }

    fn passed(self) -> Sought {
        let promised =
            self.subject.promised.iter().filter(|rule| !self.fired.contains(*rule)).cloned().collect::<Vec<_>>();
        if !promised.is_empty() {
            return Sought::Unknown(format!(
                "vacuous: the plan promises faults that never fired: {}. The workload gives them no place, or no seed drew them",
                promised.join(", ")
            ));
        }
        let coverage = self.coverage.into_values().collect();
        Sought::Passed(Summary { runs: self.budget.runs(), coverage, cut: self.cut })
    }

    fn replay(&mut self, schedule: &Schedule) -> Ran {
        self.run(schedule.seed, Mode::Replay(schedule.faults.clone()))
    }

    fn run(&mut self, seed: u64, mode: Mode) -> Ran {
        self.budget.count();
        self.subject.run(seed, mode)
    }

    fn schedule(&self, faults: Vec<Fault>) -> Schedule {
        Schedule::new(self.reach.seed, faults)
    }

    fn is_over(&mut self, phase: SearchPhase) -> bool {
        if self.reach.first_only && self.first.is_some() {
            return true;
        }
        let over = self.budget.is_over();
        if over {
            self.cut.get_or_insert(phase);
        }
        over
    }

    fn coverage(&mut self, phase: SearchPhase, rule: &str) -> &mut Coverage {
        let empty = Coverage { phase, rule: rule.to_owned(), of: 0, runs: 0, fired: 0, failed: 0 };
        self.coverage.entry((phase, rule.to_owned())).or_insert(empty)
    }
}

fn outside_words(outside: &str) -> String {
    format!(
        "{outside}, which virtual time cannot wait for: it runs ahead while nothing else happens. \
         Put a double in the place of what is outside, or let time be real with `.real_time(scale)`"
    )
}
