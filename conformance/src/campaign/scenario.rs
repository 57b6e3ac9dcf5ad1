//! What every run of a campaign begins with, and when it ends.

use std::time::Duration;

use serde::Deserialize;

/// Queue, messages and limits of every run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// Name of the queue; one that ends in `.fifo` is a FIFO queue.
    pub queue: String,
    /// Seconds for which a received message is hidden. Runs are in real time: keep it short.
    pub visibility_timeout: u32,
    /// After how many receives a message goes to a dead-letter queue; none without.
    pub max_receive_count: Option<u32>,
    /// Bodies of the messages. Each should carry its business key: as the field `key`, `id` or `order_id`, or as the whole body.
    pub messages: Vec<String>,
    /// Message groups of a FIFO queue: the messages take turns.
    pub groups: u32,
    /// Seconds after which no more faults happen.
    pub faults_for: u64,
    /// Seconds after that in which everything must be done.
    pub drain_within: u64,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            queue: "orders".to_owned(),
            visibility_timeout: 2,
            max_receive_count: None,
            messages: (1..=5).map(|number| format!(r#"{{"id":"order-{number}"}}"#)).collect(),
            groups: 1,
            faults_for: 3,
            drain_within: 20,
        }
    }
}

impl Scenario {
    /// Reads a scenario from YAML or JSON.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let scenario: Self = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        let wrong = if scenario.messages.is_empty() {
            Some("messages: there is none; write at least one body")
        } else if scenario.visibility_timeout == 0 || scenario.visibility_timeout > 43_200 {
            Some("visibility_timeout: from 1 to 43200 seconds")
        } else if scenario.groups == 0 {
            Some("groups: at least 1")
        } else {
            None
        };
        wrong.map_or(Ok(scenario), |wrong| Err(wrong.to_owned()))
    }

    /// Whether its queue is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        self.queue.strip_suffix(".fifo").is_some()
    }

    /// How long no run can take longer.
    pub fn limit(&self) -> Duration {
        Duration::from_secs(self.faults_for + self.drain_within)
    }
}

#[cfg(test)]
mod tests {
    use super::Scenario;

    #[test]
    fn a_scenario_says_what_differs_from_the_usual_one() {
        let scenario = Scenario::parse("queue: jobs.fifo\nmessages: [a, b]\ngroups: 2\n").unwrap();
        let expected = Scenario {
            queue: "jobs.fifo".to_owned(),
            messages: vec!["a".to_owned(), "b".to_owned()],
            groups: 2,
            ..Scenario::default()
        };
        assert_eq!(scenario, expected);
        assert!(scenario.is_fifo());
    }

    #[test]
    fn mistakes_name_their_key() {
        assert_eq!(Scenario::parse("messages: []").unwrap_err(), "messages: there is none; write at least one body");
        assert!(Scenario::parse("mesages: [a]").unwrap_err().contains("unknown field `mesages`"));
        assert!(Scenario::parse("visibility_timeout: 0").unwrap_err().starts_with("visibility_timeout: "));
    }
}
