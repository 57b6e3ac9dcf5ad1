//! What the variables `REDELIVER_*` ask for.

use std::path::PathBuf;
use std::time::Duration;

use redeliver_chaos::plan::parse_duration;

use super::Problem;

/// What the variables ask for; they win over what a test says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Environment {
    /// `REDELIVER_BUDGET`: `10m`.
    pub(super) budget: Option<Duration>,
    /// `REDELIVER_SEED`: only the run with this seed.
    pub(super) seed: Option<u64>,
    /// `REDELIVER_REPLAY`: only the schedule in this file.
    pub(super) replay: Option<PathBuf>,
}

impl Environment {
    /// Reads the variables, with `read` for each.
    pub(super) fn read(read: impl Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let given = |name: &str| read(name).filter(|text| !text.is_empty());
        let budget = match given("REDELIVER_BUDGET") {
            None => None,
            Some(text) => Some(parse_duration(&text).map_err(|problem| Problem::Setting {
                name: "REDELIVER_BUDGET".to_owned(),
                problem: problem.to_string(),
            })?),
        };
        let seed = match given("REDELIVER_SEED") {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| Problem::Setting {
                name: "REDELIVER_SEED".to_owned(),
                problem: format!("`{text}` is not a seed: give a whole number"),
            })?),
        };
        Ok(Self { budget, seed, replay: given("REDELIVER_REPLAY").map(PathBuf::from) })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Environment, Problem};

    fn read(given: &[(&str, &str)]) -> Result<Environment, Problem> {
        Environment::read(|name| given.iter().find(|(other, _)| *other == name).map(|(_, text)| (*text).to_owned()))
    }

    #[test]
    fn variables_are_read() {
        let all =
            read(&[("REDELIVER_BUDGET", "10m"), ("REDELIVER_SEED", "7"), ("REDELIVER_REPLAY", "a.json")]).unwrap();
        let budget = Some(Duration::from_mins(10));
        assert_eq!(all, Environment { budget, seed: Some(7), replay: Some("a.json".into()) });
        assert_eq!(read(&[("REDELIVER_SEED", "")]).unwrap(), Environment::default());
    }

    #[test]
    fn wrong_variables_are_named_with_a_remedy() {
        let told = read(&[("REDELIVER_BUDGET", "soon")]).unwrap_err().to_string();
        assert!(told.starts_with("REDELIVER_BUDGET: `soon` is not a duration: write "), "{told}");
        let told = read(&[("REDELIVER_SEED", "-1")]).unwrap_err().to_string();
        assert_eq!(told, "REDELIVER_SEED: `-1` is not a seed: give a whole number");
    }
}
