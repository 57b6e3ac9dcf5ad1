//! Stands in for the schedule.
use redeliver_chaos::plan::Parameters;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub schedule: String,
    pub seed: u64,
    pub faults: Vec<Fault>,
}
impl Schedule {
    pub fn new(seed: u64, faults: Vec<Fault>) -> Self {
        Self { schedule: "1.0".to_owned(), seed, faults }
    }
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|e| e.to_string())
    }
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).expect("json")
    }
}
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub rule: String,
    pub at: At,
    #[serde(default, skip_serializing_if = "Parameters::is_empty")]
    pub parameters: Parameters,
}
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum At {
    Consumer(Moment),
}
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    pub consumer: String,
    pub poll: u64,
}
impl std::fmt::Display for At {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Consumer(Moment { consumer, poll }) => write!(formatter, "{consumer} before poll {poll}"),
        }
    }
}
