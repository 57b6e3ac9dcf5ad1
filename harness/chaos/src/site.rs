//! Where a fault is, in words that a slightly different run still knows.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The logical place of a fault at a call: the how-manieth call of its kind at which the fault's rule could act.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Service prefix and operation, `sqs:SendMessage`.
    pub call: String,
    /// Name of the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Business key of the message, where the fault concerns one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Counted from 1.
    pub nth: u32,
}

impl fmt::Display for Site {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.call.split_once(':').map_or(self.call.as_str(), |(_, operation)| operation);
        formatter.write_str(operation)?;
        match (&self.resource, &self.key) {
            (Some(resource), Some(key)) => write!(formatter, "({resource}, key={key})")?,
            (Some(resource), None) => write!(formatter, "({resource})")?,
            (None, Some(key)) => write!(formatter, "(key={key})")?,
            (None, None) => {}
        }
        write!(formatter, "#{}", self.nth)
    }
}

/// Where a fault is: at a call, or in a consumer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum At {
    /// At a call.
    Call(Site),
    /// In a consumer.
    Consumer(Moment),
}

/// A moment in the life of a consumer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Its name, `worker-1`.
    pub consumer: String,
    /// Before which poll of its future, counted from 1 over all its lives. Where futures cannot be polled: milliseconds since the start.
    pub poll: u64,
}

impl fmt::Display for At {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(site) => site.fmt(formatter),
            Self::Consumer(Moment { consumer, poll }) => write!(formatter, "{consumer} before poll {poll}"),
        }
    }
}
