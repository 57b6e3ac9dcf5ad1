//! What every run of a campaign begins with, and when it ends.

use std::time::Duration;

use serde::Deserialize;

/// Queue or stream, messages and limits of every run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// Name of the queue; one that ends in `.fifo` is a FIFO queue.
    pub queue: String,
    /// Name of a topic to which the queue is subscribed: the messages are published there. None without.
    pub topic: Option<String>,
    /// Whether the topic sends the messages as they are, or within the usual JSON.
    pub raw_delivery: bool,
    /// Name of a stream, instead of a queue. The messages are its records.
    pub stream: Option<String>,
    /// Shards of the stream.
    pub shards: u32,
    /// Partition keys: the records take turns.
    pub partition_keys: u32,
    /// Whether a shard of the stream is split when a third of the records is put, and two are merged after two thirds.
    pub reshard: bool,
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
            topic: None,
            raw_delivery: true,
            stream: None,
            shards: 2,
            partition_keys: 3,
            reshard: false,
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
        } else if scenario.shards == 0 || scenario.partition_keys == 0 {
            Some("shards, partition_keys: at least 1")
        } else if scenario.stream.is_some() && scenario.topic.is_some() {
            Some("stream, topic: a topic sends to a queue; write one of the two")
        } else if scenario.stream.is_some() && scenario.max_receive_count.is_some() {
            Some("max_receive_count: the records of a stream have no such limit; leave it out")
        } else if scenario.stream.is_none() && scenario.reshard {
            Some("reshard: only a stream has shards; name it with `stream`")
        } else if scenario.topic.as_deref().is_some_and(|topic| is_fifo(topic) != scenario.is_fifo()) {
            Some("topic: its name ends in `.fifo` where that of its queue does, and only there")
        } else {
            None
        };
        wrong.map_or(Ok(scenario), |wrong| Err(wrong.to_owned()))
    }

    /// Whether its queue is a FIFO queue.
    pub fn is_fifo(&self) -> bool {
        is_fifo(&self.queue)
    }

    /// How long no run can take longer.
    pub fn limit(&self) -> Duration {
        Duration::from_secs(self.faults_for + self.drain_within)
    }
}

/// Whether a queue or topic of this name is a FIFO one.
fn is_fifo(name: &str) -> bool {
    name.strip_suffix(".fifo").is_some()
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
    fn a_queue_stands_behind_a_topic_and_a_stream_alone() {
        let stream = "stream: orders\nmessages: [a, b]\nshards: 4\npartition_keys: 2\nreshard: true\n";
        let expected = Scenario {
            stream: Some("orders".to_owned()),
            shards: 4,
            partition_keys: 2,
            reshard: true,
            messages: vec!["a".to_owned(), "b".to_owned()],
            ..Scenario::default()
        };
        assert_eq!(Scenario::parse(stream).unwrap(), expected);
        let topic = Scenario::parse("queue: jobs.fifo\ntopic: jobs.fifo\nraw_delivery: false\n").unwrap();
        assert_eq!((topic.topic.as_deref(), topic.raw_delivery), (Some("jobs.fifo"), false));
        let mistakes = [
            ("stream: a\ntopic: b", "stream, topic: "),
            ("stream: a\nmax_receive_count: 3", "max_receive_count: "),
            ("reshard: true", "reshard: "),
            ("stream: a\nshards: 0", "shards, partition_keys: "),
            ("topic: a.fifo", "topic: "),
        ];
        for (text, told) in mistakes {
            let mistake = Scenario::parse(text).unwrap_err();
            assert!(mistake.starts_with(told), "{text}: {mistake}");
        }
    }

    #[test]
    fn mistakes_name_their_key() {
        assert_eq!(Scenario::parse("messages: []").unwrap_err(), "messages: there is none; write at least one body");
        assert!(Scenario::parse("mesages: [a]").unwrap_err().contains("unknown field `mesages`"));
        assert!(Scenario::parse("visibility_timeout: 0").unwrap_err().starts_with("visibility_timeout: "));
    }
}
