//! The faults of one run: decided, remembered, told.

use std::collections::BTreeMap;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;

use crate::decide::{Counters, Met, Occasion, Place};
use crate::memory::{group_of, key_of};
use crate::plan::{Chance, Parameters, Phase, Plan, PlannedRule, When};
use crate::reply::Reply;
use crate::rule::{Rule, Stage, Strike, Unit};
use crate::seed::{chance, stream};
use crate::{At, Call, Delivery, Fault, Memory, Moment, Schedule, Site, TableCall, Turned, Turning, rules};

/// Where the faults of a run come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// There are none; where the plan's rules could act is noted.
    Calm,
    /// They are drawn from the seed.
    Draw,
    /// Exactly these.
    Replay(Vec<Fault>),
}

/// The faults of one run. Nothing in here waits, sends or draws from anything but the seed.
#[derive(Debug)]
pub struct Chaos {
    plan: Plan,
    seed: u64,
    mode: Mode,
    /// The rules that may act, with what the plan says of them.
    active: Vec<Active>,
    /// What is remembered of the run.
    pub(crate) memory: Memory,
    counters: Counters,
    fired: Vec<Fault>,
    candidates: Vec<Fault>,
    moments: Vec<Fault>,
    told: Vec<Told>,
    is_healed: bool,
}

#[derive(Debug)]
struct Active {
    rule: &'static dyn Rule,
    planned: PlannedRule,
    random: ChaCha8Rng,
}

/// A fault that fired, for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its rule.
    pub rule: &'static str,
    /// The rule's row in the catalogue.
    pub id: &'static str,
    /// Where in a call.
    pub phase: Phase,
    /// The consumer or producer that it happened to.
    pub consumer: String,
    /// `sqs:SendMessage`.
    pub call: Option<String>,
    /// Business key.
    pub key: Option<String>,
    /// Name of the queue.
    pub queue: Option<String>,
    /// The rule's parameters.
    pub parameters: Parameters,
}

/// A fault that is decided.
#[derive(Debug)]
pub(crate) struct Hit {
    pub(crate) rule: &'static dyn Rule,
    pub(crate) parameters: Parameters,
    /// The entries that it hits; none for a call as a whole.
    pub(crate) entries: Vec<usize>,
    pub(crate) random: ChaCha8Rng,
}

impl Chaos {
    /// The faults of a run.
    pub fn new(plan: &Plan, seed: u64, mode: Mode) -> Self {
        let active = match &mode {
            Mode::Replay(faults) => replayed(plan, faults),
            Mode::Calm => planned(plan, seed, |_| true),
            Mode::Draw => {
                let switched_on = plan.activate(seed);
                planned(plan, seed, |index| switched_on[index])
            }
        };
        Self {
            plan: plan.clone(),
            seed,
            mode,
            active,
            memory: Memory::default(),
            counters: Counters::default(),
            fired: Vec::new(),
            candidates: Vec::new(),
            moments: Vec::new(),
            told: Vec::new(),
            is_healed: false,
        }
    }

    /// No more faults from here on; what was withheld comes now.
    pub fn heal(&mut self) {
        self.is_healed = true;
        self.memory.heal();
    }

    /// Takes over from the faults of an earlier run before the same backend: receipt handles of its copies stay good, and what it withheld
    /// comes now.
    pub fn take_over(&mut self, earlier: &mut Self) {
        self.memory = std::mem::take(&mut earlier.memory);
        self.memory.heal();
    }

    /// How many messages are withheld and have not come yet.
    pub fn owed(&self) -> usize {
        self.memory.owed()
    }

    /// The faults that fired, in order.
    pub fn fired(&self) -> Schedule {
        Schedule::new(self.seed, self.fired.clone())
    }

    /// The faults of a replay that have not found their place.
    pub fn missed(&self) -> Vec<Fault> {
        match &self.mode {
            Mode::Replay(faults) => faults.iter().filter(|fault| !self.fired.contains(fault)).cloned().collect(),
            Mode::Calm | Mode::Draw => Vec::new(),
        }
    }

    /// Every single fault that the plan's rules could have done to calls of this run, in the order of the places; of calm runs only.
    pub fn candidates(&self) -> &[Fault] {
        &self.candidates
    }

    /// Every single fault that the plan's rules could have done to consumers of this run, in the order of the moments; of calm runs only.
    pub fn moments(&self) -> &[Fault] {
        &self.moments
    }

    /// The faults that fired since this was asked last.
    pub fn take_told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.told)
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What happens to a consumer before this poll of its future (counted from 1), or at this moment.
    pub fn strike(&mut self, consumer: &str, poll: u64, now: Duration) -> Option<Strike> {
        if self.is_healed {
            return None;
        }
        let at = At::Consumer(Moment { consumer: consumer.to_owned(), poll });
        let hit = match &self.mode {
            Mode::Replay(faults) => faults.iter().find(|fault| fault.at == at).cloned(),
            Mode::Calm => {
                let meant = self.meant(consumer, now);
                self.moments.extend(meant.into_iter().map(|index| fault(&self.active[index], at.clone())));
                None
            }
            Mode::Draw => self.meant(consumer, now).into_iter().find_map(|index| {
                let Active { planned, random, .. } = &mut self.active[index];
                let Chance::Probability(probability) = planned.chance else { return None };
                (chance(random) < probability).then(|| fault(&self.active[index], at.clone()))
            }),
        }?;
        let rule = rules::by_name(&hit.rule)?;
        let strike = rule.strike(&hit.parameters)?;
        self.tell(rule, Phase::Consumer, consumer, None, &hit);
        Some(strike)
    }

    /// The rules on consumers that mean this moment, by number.
    fn meant(&mut self, consumer: &str, now: Duration) -> Vec<usize> {
        let of_consumers = self.active.iter().enumerate().filter(|(_, active)| active.rule.stage() == Stage::Consumer);
        let meant = of_consumers
            .filter(|(index, active)| self.counters.passes_moment(*index, &active.planned.when, consumer, now));
        meant.map(|(index, _)| index).collect()
    }

    /// The faults at a call, before the backend has it or when it has answered.
    pub(crate) fn decide(&mut self, stage: Stage, call: &Call, reply: Option<&Reply>, now: Duration) -> Vec<Hit> {
        if self.is_healed {
            return Vec::new();
        }
        let (mut hits, mut met) = (Vec::new(), Met::new());
        let occasion = Occasion::of_call(call);
        for index in 0..self.active.len() {
            let rule = self.active[index].rule;
            if rule.stage() == stage && concerns(rule, call) && rule.fits(call, reply, &self.memory) {
                let sites = met.entry(rule.known().name).or_insert_with(|| {
                    let places = self.places(rule, call, reply);
                    self.counters.sites(rule.known().name, &occasion, places)
                });
                hits.extend(self.decide_on(index, call, &occasion, sites, now));
            }
        }
        hits
    }

    fn decide_on(
        &mut self,
        index: usize,
        call: &Call,
        occasion: &Occasion<'_>,
        sites: &[(Place, Site)],
        now: Duration,
    ) -> Option<Hit> {
        let rule = self.active[index].rule;
        let (mut entries, mut parameters, mut seeds) = (Vec::new(), None, String::new());
        for (number, (place, site)) in sites.iter().enumerate() {
            let Some(fault) = self.is_hit(index, occasion, place, site.clone(), now) else { continue };
            seeds.push_str(&fault.at.to_string());
            let phase = rule.known().phases.first().copied().unwrap_or(Phase::AfterEffect);
            self.tell(rule, phase, &call.consumer, call.queue(), &fault);
            parameters = Some(fault.parameters);
            if rule.unit() == Unit::Entry {
                entries.push(number);
            }
        }
        let random = stream(self.seed, &format!("{} at {seeds}", rule.known().name));
        parameters.map(|parameters| Hit { rule, parameters, entries, random })
    }

    /// Whether the rule acts here; of a calm run it is noted that it could.
    fn is_hit(
        &mut self,
        index: usize,
        occasion: &Occasion<'_>,
        place: &Place,
        site: Site,
        now: Duration,
    ) -> Option<Fault> {
        let Active { rule, planned, random } = &mut self.active[index];
        let at = At::Call(site);
        match &self.mode {
            Mode::Replay(faults) => {
                let name = rule.known().name;
                faults.iter().find(|fault| fault.at == at && fault.rule == name).cloned()
            }
            Mode::Calm => {
                if self.counters.passes(index, planned, occasion, place, now) {
                    self.candidates.push(fault(&self.active[index], at));
                }
                None
            }
            Mode::Draw => {
                let passes = self.counters.passes(index, planned, occasion, place, now);
                let hit = passes
                    && match planned.chance {
                        Chance::Probability(probability) => chance(random) < probability,
                        Chance::Sites(_) => true,
                    };
                // A rule that the plan has twice hits a place once.
                let (name, earlier) = (rule.known().name, &self.active[..index]);
                let is_repeated = earlier.iter().any(|active| active.rule.known().name == name);
                let has_hit = || self.fired.iter().any(|fault| fault.rule == name && fault.at == at);
                (hit && !(is_repeated && has_hit())).then(|| fault(&self.active[index], at))
            }
        }
    }

    /// What faults do to a delivery that is so far, `now` since the start of the run.
    pub fn turn(&mut self, delivery: &Delivery<'_>, now: Duration) -> Vec<Turning> {
        let (mut turnings, mut met) = (Vec::new(), Met::new());
        if self.is_healed || self.active.iter().all(|active| active.rule.stage() != Stage::Delivery(delivery.moment)) {
            return turnings;
        }
        let place = Place { key: delivery.key(&self.plan.business_key), group: delivery.group.map(str::to_owned) };
        let occasion = Occasion::of_delivery(delivery);
        for index in 0..self.active.len() {
            let rule = self.active[index].rule;
            if rule.stage() != Stage::Delivery(delivery.moment) || !rule.fits_delivery(delivery) {
                continue;
            }
            let site = self.counters.site(&mut met, rule.known().name, &occasion, &place);
            let Some(fault) = self.is_hit(index, &occasion, &place, site, now) else { continue };
            let phase = rule.known().phases.first().copied().unwrap_or(Phase::BeforeEffect);
            self.tell(rule, phase, "", Some(delivery.receiver()), &fault);
            turnings.extend(rule.turn(&fault.parameters));
        }
        turnings
    }

    /// What faults do to a call to a table of leases, `now` since the start of the run.
    pub fn table(&mut self, call: &TableCall<'_>, now: Duration) -> Turned {
        let (mut turned, mut met) = (Turned::default(), Met::new());
        if self.is_healed {
            return turned;
        }
        let (occasion, place) = (Occasion::of_table(call), Place { key: None, group: None });
        for index in 0..self.active.len() {
            let rule = self.active[index].rule;
            if rule.stage() != Stage::Table || !rule.fits_table(call) {
                continue;
            }
            let site = self.counters.site(&mut met, rule.known().name, &occasion, &place);
            let Some(fault) = self.is_hit(index, &occasion, &place, site, now) else { continue };
            let phase = rule.known().phases.first().copied().unwrap_or(Phase::BeforeEffect);
            self.tell(rule, phase, call.worker, Some(call.shard), &fault);
            turned = turned.and(rule.turn_table(&fault.parameters).unwrap_or_default());
        }
        turned
    }

    /// What of a call the rule could hit.
    fn places(&self, rule: &dyn Rule, call: &Call, reply: Option<&Reply>) -> Vec<Place> {
        if rule.unit() == Unit::Call {
            // A call about one message is known by that message.
            let entries = call.entries();
            let single = (entries.len() == 1).then(|| entries[0]);
            let key = single.and_then(|entry| key_of(entry, &self.memory, &self.plan.business_key));
            return vec![Place { key, group: single.and_then(|entry| group_of(entry, &self.memory)) }];
        }
        let entries = match reply.and_then(|reply| reply.output.as_ref()) {
            Some(output) if call.is("ReceiveMessage") => crate::edit::messages(output).iter().collect(),
            Some(output) if call.is_of_streams("GetRecords") => crate::edit::records(output).iter().collect(),
            _ => call.entries(),
        };
        let place = |entry| Place {
            key: key_of(entry, &self.memory, &self.plan.business_key),
            group: group_of(entry, &self.memory),
        };
        entries.into_iter().map(place).collect()
    }

    fn tell(&mut self, rule: &'static dyn Rule, phase: Phase, consumer: &str, queue: Option<&str>, fault: &Fault) {
        let known = rule.known();
        let (call, key) = match &fault.at {
            At::Call(site) => (Some(site.call.clone()), site.key.clone()),
            At::Consumer(_) => (None, None),
        };
        self.told.push(Told {
            rule: known.name,
            id: known.id,
            phase,
            consumer: consumer.to_owned(),
            call,
            key,
            queue: queue.map(str::to_owned),
            parameters: fault.parameters.clone(),
        });
        self.fired.push(fault.clone());
    }
}

fn fault(active: &Active, at: At) -> Fault {
    Fault { rule: active.rule.known().name.to_owned(), at, parameters: active.planned.parameters.clone() }
}

/// Whether the rule is for operations such as this one.
fn concerns(rule: &dyn Rule, call: &Call) -> bool {
    let known = rule.known();
    let names = |list: &[&str], name: &str| list.is_empty() || list.contains(&name);
    names(known.services, call.operation.service.prefix()) && names(known.operations, call.operation.name)
}

/// The plan's rules that are switched on.
fn planned(plan: &Plan, seed: u64, is_on: impl Fn(usize) -> bool) -> Vec<Active> {
    let mut nth = BTreeMap::<&str, u32>::new();
    let rules = plan.rules.iter().enumerate().filter_map(|(index, planned)| {
        let nth = nth.entry(&planned.rule).or_default();
        *nth += 1;
        // Each stream belongs to a rule by its name, so that a rule that is added shifts no other.
        let random = stream(seed, &format!("{} {nth}", planned.rule));
        let rule = rules::by_name(&planned.rule)?;
        is_on(index).then(|| Active { rule, planned: planned.clone(), random })
    });
    rules.collect()
}

/// The rules of a schedule, each once, whatever the plan says of them.
fn replayed(plan: &Plan, faults: &[Fault]) -> Vec<Active> {
    let planned = |name: &str| plan.rules.iter().position(|rule| rule.rule == name).unwrap_or(usize::MAX);
    let listed = |name: &str| rules::ALL.iter().position(|rule| rule.known().name == name);
    let mut names: Vec<_> = faults.iter().map(|fault| fault.rule.as_str()).collect();
    names.sort_unstable_by_key(|name| (planned(name), listed(name)));
    names.dedup();
    let active = names.into_iter().filter_map(|name| {
        let rule = rules::by_name(name)?;
        let planned = PlannedRule {
            rule: name.to_owned(),
            when: When::default(),
            chance: Chance::Probability(1.0),
            active: 1.0,
            parameters: Parameters::default(),
            preset: None,
        };
        Some(Active { rule, planned, random: stream(0, name) })
    });
    active.collect()
}
