//! One run: a queue or stream, a consumer, faults, and what came of it.

use std::time::Duration;

use redeliver_chaos::{At, Fault, Moment, Schedule};
use redeliver_check::{Invariant, Record, What};
use tokio::runtime::Runtime;
use tokio::time::Instant;

use super::Scenario;
use super::clients::Clients;
use super::command::{Consumer, Running};
use super::effects::Appended;
use super::feed::Feed;
use super::place::Place;

/// How often is looked whether something changed.
const LOOK: Duration = Duration::from_millis(50);
/// How often is looked whether the consumer has appended effects.
const READ: Duration = Duration::from_millis(2);
/// How often a consumer that ends by itself is started anew.
const RESTARTS: u32 = 50;

/// What every run of a campaign has in common.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Queue or stream, and messages.
    pub scenario: Scenario,
    /// The plan, as YAML.
    pub plan: String,
    /// How often the consumer is killed in a run, at moments drawn from the seed.
    pub crashes: u32,
    /// The backend behind the proxy; the reference without.
    pub upstream: Option<String>,
    /// The consumer. Variables that differ from run to run are added.
    pub consumer: Consumer,
}

/// Where the faults of a run come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// There are none.
    Calm,
    /// They are drawn from this seed.
    Seed(u64),
    /// Exactly these.
    Schedule(Schedule),
}

/// What came of a run.
#[derive(Debug, Clone)]
pub struct Ran {
    /// The faults that fired.
    pub schedule: Schedule,
    /// All that happened.
    pub history: Vec<Record>,
    /// The invariants that it broke, with the witness.
    pub broken: Vec<(Invariant, Vec<String>)>,
    /// Effects that the consumer told.
    pub effects: usize,
}

/// Carries out one run, in real time.
///
/// # Errors
///
/// When it could not be carried out; says why.
pub fn run(setup: &Setup, source: &Source) -> Result<Ran, String> {
    let seed = match source {
        Source::Calm => 0,
        Source::Seed(seed) => *seed,
        Source::Schedule(schedule) => schedule.seed,
    };
    let place = Place::start(setup.upstream.as_deref(), seed)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let told = folder.path().join("effects.jsonl");
    let mut appended = Appended::new(told.clone())?;
    let direct = Clients::new(place.upstream().unwrap_or(&place.url()));
    let feed = runtime.block_on(Feed::create(&direct, &setup.scenario, &place.url()))?;
    let crashes = match source {
        Source::Calm => Vec::new(),
        Source::Seed(seed) => {
            place.draw(&setup.plan, *seed)?;
            drawn(*seed, setup)
        }
        Source::Schedule(schedule) => {
            // What happens to the consumer is done here, the rest there.
            let calls = schedule.faults.iter().filter(|fault| matches!(fault.at, At::Call(_))).cloned().collect();
            place.replay(&Schedule::new(schedule.seed, calls))?;
            schedule.faults.iter().filter_map(moment).collect()
        }
    };
    let mut consumer = setup.consumer.clone();
    let variable = |name: &str, value: String| (name.to_owned(), value);
    consumer.environment.extend([
        variable("AWS_ENDPOINT_URL", place.url()),
        variable("AWS_ENDPOINT_URL_SQS", place.url()),
        variable("AWS_ENDPOINT_URL_SNS", place.url()),
        variable("AWS_ENDPOINT_URL_KINESIS", place.url()),
        variable("REDELIVER_EFFECTS", told.display().to_string()),
        variable("REDELIVER_EFFECTS_URL", place.effects_url()),
        variable("REDELIVER_SEED", seed.to_string()),
    ]);
    consumer.environment.extend(feed.variables());
    runtime.block_on(feed.send(&Clients::new(&place.url()), &direct, &setup.scenario))?;
    let mut watched =
        Watched { setup, place: &place, runtime: &runtime, direct: &direct, feed: &feed, appended: &mut appended };
    let killed = watched.until_drained(&consumer, &crashes)?;
    // The consumer is gone; what it wrote last is told, too.
    place.tell(&appended.since()?)?;
    let faults = place.faults()?;
    let history = place.history()?;
    let effects = history.iter().filter(|record| matches!(record.what, What::Effect { .. })).count();
    if setup.upstream.is_some() {
        runtime.block_on(feed.remove(&direct));
    }
    let mut schedule = Schedule::new(seed, faults.fired.faults);
    schedule.faults.extend(killed);
    Ok(Ran { schedule, broken: feed.judge(&history, &setup.scenario), history, effects })
}

struct Watched<'a> {
    setup: &'a Setup,
    place: &'a Place,
    runtime: &'a Runtime,
    direct: &'a Clients,
    feed: &'a Feed,
    appended: &'a mut Appended,
}

impl Watched<'_> {
    /// Runs the consumer until nothing is left or its time is over. Gives the crashes that happened.
    fn until_drained(&mut self, consumer: &Consumer, crashes: &[u64]) -> Result<Vec<Fault>, String> {
        let start = Instant::now();
        let scenario = &self.setup.scenario;
        let faults_for = Duration::from_secs(scenario.faults_for);
        let (mut running, mut restarts, mut is_healed, mut quiet) = (consumer.start()?, 0, false, 0);
        let mut left: std::collections::VecDeque<_> = crashes.iter().copied().collect();
        let mut killed = Vec::new();
        loop {
            self.pause()?;
            let passed = start.elapsed();
            if let Some(at) = left.pop_front_if(|at| passed >= Duration::from_millis(*at)) {
                running.kill();
                killed.push(crash(at));
                running = consumer.start()?;
            }
            if !is_healed && passed >= faults_for {
                self.place.heal()?;
                is_healed = true;
            }
            let is_empty = self.left()? == 0 && self.place.faults()?.owed == 0;
            quiet = if is_empty { quiet + 1 } else { 0 };
            // Drained before the faults are over, there is nothing left that they could hit but late copies.
            let settled = Duration::from_secs(u64::from(scenario.visibility_timeout)).as_millis() / LOOK.as_millis();
            if quiet > settled && (is_healed || left.is_empty()) || passed >= scenario.limit() {
                return Ok(killed);
            }
            if let Some(status) = running.ended() {
                restarts += 1;
                if restarts > RESTARTS {
                    return Err(format!(
                        "the command ended {RESTARTS} times, last with {status}, and not everything is done"
                    ));
                }
                running = self.again(consumer, running)?;
            }
        }
    }

    fn again(&mut self, consumer: &Consumer, ended: Running) -> Result<Running, String> {
        drop(ended);
        self.pause()?;
        consumer.start()
    }

    /// Waits, and takes effects into the history as they come.
    fn pause(&mut self) -> Result<(), String> {
        let until = Instant::now() + LOOK;
        while Instant::now() < until {
            self.place.tell(&self.appended.since()?)?;
            // A timer can only be made within the runtime.
            self.runtime.block_on(async { tokio::time::sleep(READ).await });
        }
        Ok(())
    }

    /// Messages that are to be worked on.
    fn left(&self) -> Result<u64, String> {
        self.runtime.block_on(self.feed.left(self.direct, &self.setup.scenario, self.place))
    }
}

fn crash(at: u64) -> Fault {
    let at = At::Consumer(Moment { consumer: "command".to_owned(), poll: at });
    Fault { rule: "crash".to_owned(), at, parameters: redeliver_chaos::plan::Parameters::default() }
}

fn moment(fault: &Fault) -> Option<u64> {
    match &fault.at {
        At::Consumer(moment) if fault.rule == "crash" => Some(moment.poll),
        _ => None,
    }
}

/// Moments at which the consumer is killed, in milliseconds since its start.
fn drawn(seed: u64, setup: &Setup) -> Vec<u64> {
    let mut random = fastrand::Rng::with_seed(seed ^ 0x6372_6173_6865_7321);
    let until = (setup.scenario.faults_for * 1000).max(1);
    let mut moments: Vec<_> = (0..setup.crashes).map(|_| random.u64(0..until)).collect();
    moments.sort_unstable();
    moments
}
