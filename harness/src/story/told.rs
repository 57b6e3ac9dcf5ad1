//! What a failure is told from.

use std::collections::BTreeMap;

use redeliver_chaos::{Fault, rules};
use redeliver_check::Record;

/// A failing run as data: all that its story, its page and its regression file are made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// Name of the test, `charges_once`.
    pub test: String,
    /// Name of the property that is broken, in lower-hyphen: `effect-once`.
    pub property: String,
    /// What is broken, with the business key first: `order-3 was charged 2 times (allowed 1)`.
    pub headline: String,
    /// Business keys that it is about. Empty when the property has none.
    pub keys: Vec<String>,
    /// The checker's own witness, one sentence an entry.
    pub witness: Vec<String>,
    /// Index in the history of the first wrong record, where the checker knows it. Otherwise the story looks for it.
    pub wrong: Option<usize>,
    /// The smallest schedule that still breaks the property.
    pub faults: Vec<Injected>,
    /// The run under that schedule.
    pub history: Vec<Record>,
    /// Which time the history has.
    pub time: Time,
    /// Names of processes by number. The others are named by what they do.
    pub names: BTreeMap<u32, String>,
    /// How the schedule was found.
    pub counts: Counts,
    /// What else makes the same consumer fail.
    pub also: Vec<Also>,
    /// What the search has reached, one fact an entry: `82 of 82 sends`.
    pub coverage: Vec<String>,
    /// The command that runs exactly this again.
    pub replay: String,
    /// Files that were written beside it.
    pub files: Vec<String>,
}

/// The time that a history was made in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Time {
    /// Waits cost nothing, and every run has the same moments.
    #[default]
    Virtual,
    /// The time of the machine.
    Real,
}

impl Time {
    /// The adjective: `virtual`, `real`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Virtual => "virtual",
            Self::Real => "real",
        }
    }
}

/// One fault of a schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Injected {
    /// The kind of fault, `lost-reply`.
    pub rule: String,
    /// Its row in the catalogue, `S24`. Empty when it has none.
    pub id: String,
    /// Where it struck, in words: `sqs:SendMessage to orders, key order-3, 1st call`.
    pub place: String,
    /// At which moment of the call, `after-effect`.
    pub phase: String,
    /// Why AWS may do this.
    pub legality: Legality,
}

/// Why a consumer has to expect a fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Legality {
    /// What grants it: `standard queue`. Empty when AWS grants it nowhere: then no consumer is to blame.
    pub guarantee: String,
    /// The page of the AWS documentation that says so.
    pub documentation: String,
}

/// How a minimal schedule was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many faults the first failing run had.
    pub injected: usize,
    /// How many runs it took to make the schedule this small.
    pub shrink_runs: usize,
    /// How many runs the search made before.
    pub runs: usize,
    /// How long shrinking took in milliseconds of real time. `None` leaves it out, so that the story is the same in every run.
    pub shrink_ms: Option<u64>,
}

/// Something else that makes the same consumer fail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Also {
    /// What: a rule with its id, or `crash`.
    pub what: String,
    /// How many of the runs failed.
    pub failed: usize,
    /// How many runs there were.
    pub of: usize,
    /// What is counted: `seeds`, `places`.
    pub unit: String,
}

impl From<&Fault> for Injected {
    fn from(fault: &Fault) -> Self {
        let place = fault.at.to_string();
        let Some(rule) = rules::by_name(&fault.rule) else {
            return Self { rule: fault.rule.clone(), place, ..Self::default() };
        };
        let (known, legal) = (rule.known(), rule.legality());
        let guarantee = if legal.breaks_contract { String::new() } else { legal.guarantee.to_owned() };
        Self {
            rule: fault.rule.clone(),
            id: known.id.to_owned(),
            place,
            phase: known.phases.first().map(|phase| phase.as_str().to_owned()).unwrap_or_default(),
            legality: Legality { guarantee, documentation: legal.source.to_owned() },
        }
    }
}

impl Injected {
    /// The rule with its row in the catalogue: `lost-reply (S24)`.
    pub fn name(&self) -> String {
        if self.id.is_empty() { self.rule.clone() } else { format!("{} ({})", self.rule, self.id) }
    }
}
