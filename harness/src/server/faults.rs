//! What is to happen between clients and what is served.

use redeliver_chaos::plan::{Place, Preset, Problems};
use redeliver_chaos::{At, Chaos, Mode, Plan, Schedule, ScheduleProblem, rules};

/// What is to happen between clients and what is served.
#[derive(Debug, Clone)]
pub struct Faults {
    pub(crate) plan: Plan,
    pub(crate) seed: u64,
    pub(crate) mode: Mode,
}

/// Why faults cannot happen.
#[derive(Debug, thiserror::Error)]
pub enum FaultsProblem {
    /// The plan has mistakes; each is drawn with its place and remedy.
    #[error("{0}")]
    Plan(#[from] Problems),
    /// A single word that is no preset.
    #[error("there is no preset `{name}`: write a plan in YAML, or one of {}", presets())]
    Preset {
        /// The word.
        name: String,
    },
    /// The schedule is none.
    #[error(transparent)]
    Schedule(#[from] ScheduleProblem),
    /// A fault of the schedule is for another place.
    #[error("fault {number}, `{rule}`, cannot happen {}, because {reason}: take it out", place.within())]
    Place {
        /// Which fault, from 1.
        number: usize,
        /// Its rule.
        rule: String,
        /// Where it cannot happen.
        place: Place,
        /// Why.
        reason: &'static str,
    },
}

impl Faults {
    /// Faults that are drawn from a seed as a plan says. `plan` is the name of a preset, or the text of a plan that is called `path` in
    /// messages. Without a seed it is the plan's own; `fallback` where that has none.
    pub fn draw(path: &str, plan: &str, seed: Option<u64>, fallback: u64, place: Place) -> Result<Self, FaultsProblem> {
        let word = plan.trim();
        let preset = Preset::ALL.iter().find(|preset| preset.as_str() == word);
        if preset.is_none() && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            return Err(FaultsProblem::Preset { name: word.to_owned() });
        }
        let known = rules::known();
        let plan = match preset {
            // Named in a plan, a preset is what of it can happen in the place.
            Some(preset) => {
                let about = format!("The preset `{}`.", preset.as_str());
                Plan::builder(&about).preset(*preset).build(&known, Some(place))?
            }
            None => Plan::load(path, plan, &known, Some(place))?,
        };
        let seed = seed.or(plan.seed).unwrap_or(fallback);
        Ok(Self { plan, seed, mode: Mode::Draw })
    }

    /// Exactly the faults of a schedule, as JSON.
    pub fn replay(schedule: &str, place: Place) -> Result<Self, FaultsProblem> {
        let Schedule { seed, faults, .. } = Schedule::parse(schedule)?;
        for (index, fault) in faults.iter().enumerate() {
            let refuses = rules::by_name(&fault.rule).map_or(&[][..], |rule| rule.known().refuses);
            let impossible = refuses.iter().find(|(at, _)| *at == place).map(|(_, reason)| *reason);
            let of_consumers = matches!(fault.at, At::Consumer(_)).then_some("no consumer is run there");
            if let Some(reason) = impossible.or(of_consumers) {
                return Err(FaultsProblem::Place { number: index + 1, rule: fault.rule.clone(), place, reason });
            }
        }
        Ok(Self { plan: Plan::default(), seed, mode: Mode::Replay(faults) })
    }

    pub(crate) fn chaos(&self) -> Chaos {
        Chaos::new(&self.plan, self.seed, self.mode.clone())
    }
}

fn presets() -> String {
    let names: Vec<_> = Preset::ALL.iter().map(|preset| format!("`{}`", preset.as_str())).collect();
    names.join(", ")
}
