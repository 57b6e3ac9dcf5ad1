//! What a run does to its calls and workers.

use std::collections::BTreeMap;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use redeliver_chaos::plan::{Parameters, Place, Plan, RuleBuilder};
use redeliver_chaos::{At, Chaos, Fault, Mode, Moment, Schedule, Stage, Strike, TableCall, Told, Turned, rules};

use crate::Harness;
use crate::chaos::{ChaosHttpClient, SharedChaos};

/// What a run does to its calls and workers.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    chaos: SharedChaos,
}

impl Faults {
    /// Faults of this world: at calls of its clients that are wrapped, and at its deliveries.
    pub(crate) fn new(plan: &Plan, seed: u64, mode: Mode, harness: &Harness) -> Self {
        let chaos = SharedChaos::new(Chaos::new(plan, seed, mode), harness.clock());
        harness.put_faults(&chaos);
        Self { chaos }
    }

    /// The HTTP client of a process, with faults.
    pub(crate) fn wrap(&self, inner: SharedHttpClient, name: &str) -> SharedHttpClient {
        SharedHttpClient::new(ChaosHttpClient::wrap(inner, &self.chaos).consumer(name))
    }

    /// What happens to a worker before this poll.
    pub(crate) fn before_poll(&self, worker: &str, poll: u64) -> Option<Strike> {
        let now = self.chaos.passed();
        self.chaos.lock().strike(worker, poll, now)
    }

    /// What happens to a call to the table of leases.
    pub(crate) fn at_table(&self, call: &TableCall<'_>) -> Turned {
        let now = self.chaos.passed();
        self.chaos.lock().table(call, now)
    }

    /// No more faults from here on.
    pub(crate) fn heal(&self) {
        self.chaos.lock().heal();
    }

    /// Messages that are still withheld.
    pub(crate) fn owed(&self) -> usize {
        self.chaos.lock().owed()
    }

    /// The faults that fired since this was asked last.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.chaos.lock().take_told()
    }

    /// The faults that fired.
    pub(crate) fn fired(&self) -> Schedule {
        self.chaos.lock().fired()
    }

    /// Faults of a replay that did not find their place.
    pub(crate) fn missed(&self) -> Vec<Fault> {
        self.chaos.lock().missed()
    }

    /// Each single fault that could have been, of a calm run.
    pub(crate) fn candidates(&self) -> Vec<Fault> {
        self.chaos.lock().candidates().to_vec()
    }

    /// Each single fault on a worker that the plan means, of a calm run.
    pub(crate) fn moments(&self) -> BTreeMap<At, Vec<Fault>> {
        let mut moments = BTreeMap::<At, Vec<Fault>>::new();
        for fault in self.chaos.lock().moments() {
            moments.entry(fault.at.clone()).or_default().push(fault.clone());
        }
        moments
    }
}

/// A fault in a consumer.
pub(crate) fn strike(rule: &str, parameters: &Parameters, worker: &str, poll: u64) -> Fault {
    let at = At::Consumer(Moment { consumer: worker.to_owned(), poll });
    Fault { rule: rule.to_owned(), at, parameters: parameters.clone() }
}

/// How likely a fault is at each of its places, where a test has no plan.
const AT_CALLS: f64 = 0.15;

/// How likely a worker is struck before a poll. There are many polls to a call.
const AT_POLLS: f64 = 0.02;

/// How likely a rule is, compared with others, that was asked for and else does not act.
const SELDOM: f64 = 0.2;

/// Everything that AWS may do to a consumer, and what may happen to the consumer itself; each seed has some of it. What happens very seldom
/// is in it only where it is asked for by name.
///
/// # Panics
///
/// When a rule is asked for that does not exist, or cannot act in process.
pub(crate) fn everything_legal(also: &[String]) -> Plan {
    let is_asked_for = |name: &str| also.iter().any(|asked| asked == name);
    let known = rules::known();
    let legal = rules::ALL.iter().filter(|rule| {
        let (known, here) = (rule.known(), |(place, _): &(Place, _)| *place == Place::InProcess);
        let complete = known.parameters.iter().all(|parameter| !parameter.default.is_empty());
        let is_usual = complete && rule.share() > 0.0 && !rule.legality().breaks_contract;
        (is_usual || is_asked_for(known.name)) && !known.refuses.iter().any(here)
    });
    let unknown = also.iter().find(|name| rules::by_name(name).is_none());
    assert!(unknown.is_none(), "no rule is called `{}`", unknown.map_or("", String::as_str));
    let plan = legal.fold(Plan::builder("Everything that a consumer has to expect.").swarm(), |plan, rule| {
        let often = if rule.stage() == Stage::Consumer { AT_POLLS } else { AT_CALLS };
        plan.rule(
            RuleBuilder::new(rule.known().name)
                .probability(often * if rule.share() > 0.0 { rule.share() } else { SELDOM }),
        )
    });
    match plan.build(&known, Some(Place::InProcess)) {
        Ok(plan) => plan,
        Err(problems) => unreachable!("rules that are known make a plan: {problems:?}"),
    }
}
