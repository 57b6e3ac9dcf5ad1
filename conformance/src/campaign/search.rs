//! Seed by seed, until one breaks something; then the smallest schedule that still does.

use redeliver_chaos::{Schedule, Shrink};
use redeliver_check::Invariant;

use super::run::{Ran, Setup, Source, run};

/// What a campaign came to.
#[derive(Debug)]
pub enum Outcome {
    /// No seed broke anything.
    Held {
        /// Seeds that were run.
        seeds: u64,
        /// Faults that fired in all of them.
        faults: usize,
    },
    /// Nothing can be said, for this reason.
    Unknown(String),
    /// Something is broken.
    Broken(Box<Found>),
}

/// A consumer that breaks something.
#[derive(Debug)]
pub struct Found {
    /// What.
    pub invariant: Invariant,
    /// How that shows.
    pub witness: Vec<String>,
    /// The run with the smallest schedule.
    pub ran: Ran,
    /// The seed that found it; none when the calm run is broken.
    pub seed: Option<u64>,
    /// Faults that had fired then.
    pub injected: usize,
    /// Runs that shrinking took.
    pub shrink_runs: usize,
    /// Runs before.
    pub runs: usize,
}

/// Runs the consumer calmly, then with each seed. `tell` hears what is done; `goes_on` is asked before each run.
///
/// # Errors
///
/// When a run could not be carried out; says why.
pub fn search(
    setup: &Setup,
    seeds: std::ops::Range<u64>,
    mut tell: impl FnMut(&str),
    goes_on: impl Fn() -> bool,
) -> Result<Outcome, String> {
    tell("calm run");
    let calm = run(setup, &Source::Calm)?;
    if let Some(found) = found(calm.clone(), None, 1) {
        return Ok(Outcome::Broken(Box::new(found)));
    }
    if calm.effects == 0 {
        let reason = "the calm run has no effect: for each thing that is done POST a line such as {\"key\":\"order-3\",\"value\":5} to the \
                      address in `REDELIVER_EFFECTS_URL`, or append it to the file in `REDELIVER_EFFECTS`, and flush";
        return Ok(Outcome::Unknown(reason.to_owned()));
    }
    let (mut faults, mut made) = (0, 0);
    for seed in seeds.clone() {
        if !goes_on() {
            break;
        }
        tell(&format!("seed {seed}"));
        let ran = run(setup, &Source::Seed(seed))?;
        made += 1;
        faults += ran.schedule.faults.len();
        if let Some(found) = found(ran, Some(seed), usize::try_from(made).unwrap_or(usize::MAX) + 1) {
            return Ok(Outcome::Broken(Box::new(shrink(setup, found, &mut tell, &goes_on)?)));
        }
    }
    Ok(if faults == 0 && made > 0 {
        Outcome::Unknown(format!("no fault fired in {made} seeds: let the plan act more often, or run more seeds"))
    } else {
        Outcome::Held { seeds: made, faults }
    })
}

/// Carries out exactly one schedule.
///
/// # Errors
///
/// When it could not be carried out, or does not fit the run.
pub fn replay(setup: &Setup, schedule: &Schedule) -> Result<Outcome, String> {
    let ran = run(setup, &Source::Schedule(schedule.clone()))?;
    let missed: Vec<_> = schedule.faults.iter().filter(|fault| !ran.schedule.faults.contains(fault)).collect();
    if let Some(first) = missed.first() {
        let count = missed.len();
        return Ok(Outcome::Unknown(format!(
            "{count} faults of the schedule did not find their place, the first is `{}` at {}: the consumer or the scenario is not \
             the one that it was made with",
            first.rule, first.at
        )));
    }
    let faults = ran.schedule.faults.len();
    Ok(found(ran, Some(schedule.seed), 1)
        .map_or(Outcome::Held { seeds: 1, faults }, |found| Outcome::Broken(Box::new(found))))
}

fn found(ran: Ran, seed: Option<u64>, runs: usize) -> Option<Found> {
    let (invariant, witness) = ran.broken.first()?.clone();
    let injected = ran.schedule.faults.len();
    Some(Found { invariant, witness, ran, seed, injected, shrink_runs: 0, runs })
}

/// Leaves out faults as long as the same invariant stays broken, and as long as there is time.
fn shrink(
    setup: &Setup,
    mut found: Found,
    tell: &mut impl FnMut(&str),
    goes_on: &impl Fn() -> bool,
) -> Result<Found, String> {
    let mut shrink = Shrink::new(found.ran.schedule.faults.clone());
    while let Some(candidate) = shrink.candidate() {
        // That holds without any fault the calm run has shown.
        if candidate.is_empty() || !goes_on() {
            break;
        }
        tell(&format!("{} of {} faults", candidate.len(), shrink.smallest().len()));
        found.shrink_runs += 1;
        let schedule = Schedule::new(found.ran.schedule.seed, candidate);
        let ran = run(setup, &Source::Schedule(schedule))?;
        let same = ran.broken.iter().find(|(invariant, _)| *invariant == found.invariant).cloned();
        match same {
            None => shrink.holds(),
            Some((_, witness)) => {
                if shrink.fails(ran.schedule.faults.clone()) {
                    (found.ran, found.witness) = (ran, witness);
                }
            }
        }
    }
    Ok(found)
}
