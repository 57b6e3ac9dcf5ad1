//! The faults of a run as data: it replays, shrinks, and is kept as a file.

use serde::{Deserialize, Serialize};

use crate::plan::Parameters;
use crate::{At, rules};

/// The version of the format.
pub const VERSION: &str = "1.0";

/// The faults of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Version of the format, [`VERSION`].
    pub schedule: String,
    /// Seed of the world that the faults happened in.
    pub seed: u64,
    /// The faults, in the order in which they fired.
    pub faults: Vec<Fault>,
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The kind of fault, `send-reply-lost`.
    pub rule: String,
    /// Where.
    pub at: At,
    /// Parameters of the rule.
    #[serde(default, skip_serializing_if = "Parameters::is_empty")]
    pub parameters: Parameters,
}

impl Schedule {
    /// A schedule of these faults.
    pub fn new(seed: u64, faults: Vec<Fault>) -> Self {
        Self { schedule: VERSION.to_owned(), seed, faults }
    }

    /// Reads a schedule; everything that is wrong with it is said.
    pub fn parse(text: &str) -> Result<Self, ScheduleProblem> {
        let schedule: Self = serde_json::from_str(text).map_err(|error| ScheduleProblem::Json(error.to_string()))?;
        if schedule.schedule != VERSION {
            return Err(ScheduleProblem::Version(schedule.schedule));
        }
        let unknown = schedule.faults.iter().position(|fault| rules::by_name(&fault.rule).is_none());
        match unknown {
            Some(index) => Err(ScheduleProblem::Rule { number: index + 1, rule: schedule.faults[index].rule.clone() }),
            None => Ok(schedule),
        }
    }

    /// The schedule as the text of a file.
    ///
    /// # Panics
    ///
    /// Never: everything in it has a JSON form.
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        text.push('\n');
        text
    }
}

/// Why a text is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleProblem {
    /// It is no JSON of this form.
    #[error("not a schedule: {0}; write `{{\"schedule\": \"{VERSION}\", \"seed\": 7, \"faults\": []}}`")]
    Json(String),
    /// It is of another version.
    #[error("version `{0}` of the format is not known here: this program writes and reads `{VERSION}`")]
    Version(String),
    /// It has a rule that is not known.
    #[error("fault {number} has the rule `{rule}`, which does not exist: `harness/chaos/RULES.md` lists those that do")]
    Rule {
        /// Which fault, from 1.
        number: usize,
        /// Its rule.
        rule: String,
    },
}

#[cfg(test)]
mod tests {
    use super::{Fault, Schedule, ScheduleProblem};
    use crate::plan::Parameters;
    use crate::{At, Moment, Site};

    fn schedule() -> Schedule {
        let site = Site {
            call: "sqs:SendMessage".into(),
            resource: Some("orders".into()),
            key: Some("order-3".into()),
            nth: 1,
        };
        let moment = Moment { consumer: "worker-1".into(), poll: 7 };
        let fault = |rule: &str, at| Fault { rule: rule.into(), at, parameters: Parameters::default() };
        Schedule::new(9, vec![fault("send-reply-lost", At::Call(site)), fault("crash", At::Consumer(moment))])
    }

    #[test]
    fn a_schedule_survives_as_text() {
        assert_eq!(Schedule::parse(&schedule().to_text()), Ok(schedule()));
        let shown: Vec<_> = schedule().faults.iter().map(|fault| fault.at.to_string()).collect();
        assert_eq!(shown, ["SendMessage(orders, key=order-3)#1", "worker-1 before poll 7"]);
    }

    #[test]
    fn what_is_no_schedule_is_told() {
        assert_eq!(
            Schedule::parse(r#"{"schedule":"2.0","seed":1,"faults":[]}"#),
            Err(ScheduleProblem::Version("2.0".into()))
        );
        let unknown = schedule().to_text().replace("send-reply-lost", "no-such-rule");
        let problem = Schedule::parse(&unknown).unwrap_err();
        assert_eq!(problem, ScheduleProblem::Rule { number: 1, rule: "no-such-rule".into() });
        assert!(matches!(Schedule::parse("{"), Err(ScheduleProblem::Json(_))));
    }
}
