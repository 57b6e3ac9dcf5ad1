//! From JSON to the parts of a policy, with complaints as AWS words them.

use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};

use super::backoff::Backoff;
use super::request::is_content_type;
use super::retry::Retry;

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
const DELAY_SECS_MAX: u32 = 3_600;
const RETRIES_MAX: u32 = 100;
/// Seconds for which a delivery over HTTP is repeated in all.
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>
const TOTAL_SECS_MAX: u64 = 3_600;

/// Members of a retry policy that are numbers, in the order in which AWS shows them, each with its least and its most.
pub(super) const NUMBERS: [(&str, u32, u32); 6] = [
    ("minDelayTarget", 1, DELAY_SECS_MAX),
    ("maxDelayTarget", 1, DELAY_SECS_MAX),
    ("numRetries", 0, RETRIES_MAX),
    ("numMaxDelayRetries", 0, RETRIES_MAX),
    ("numNoDelayRetries", 0, RETRIES_MAX),
    ("numMinDelayRetries", 0, RETRIES_MAX),
];

/// What a retry policy can't be without.
const REQUIRED: [&str; 3] = ["minDelayTarget", "maxDelayTarget", "numRetries"];

pub(super) const BACKOFF: &str = "backoffFunction";

/// What is wrong with a delivery policy.
///
/// The wording is that of AWS where somebody has shown it: members that are missing, unexpected, too small or too large, delays and retries
/// that contradict each other. The rest is worded alike.
/// <https://github.com/awsdocs/amazon-sns-developer-guide/pull/5>
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyFault {
    /// No JSON.
    NotJson,
    /// Not an object, where there has to be one.
    NotAnObject {
        /// The member.
        path: String,
    },
    /// A member that policies do not have.
    Unexpected {
        /// Its name.
        member: String,
    },
    /// A member that is not there.
    Missing {
        /// The member.
        path: String,
    },
    /// Not a whole number, or not a text or a truth value, where there has to be one.
    WrongType {
        /// The member.
        path: String,
        /// What it has to be.
        wanted: &'static str,
    },
    /// A number that is too small.
    TooSmall {
        /// The member.
        path: String,
        /// The least that it can be.
        least: u32,
    },
    /// A number that is too large.
    TooLarge {
        /// The member.
        path: String,
        /// The most that it can be.
        most: u32,
    },
    /// The largest delay is smaller than the smallest.
    Delays {
        /// The retry policy.
        path: String,
    },
    /// Fewer retries in all than in three of the phases.
    Retries {
        /// The retry policy.
        path: String,
    },
    /// More than an hour from the first attempt to the last.
    Total {
        /// The retry policy.
        path: String,
    },
    /// No such function.
    Function {
        /// The member.
        path: String,
    },
    /// No such content type.
    ContentType {
        /// The member.
        path: String,
    },
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => formatter.write_str("failed to parse JSON."),
            Self::NotAnObject { path } => write!(formatter, "{path} must be a JSON object"),
            Self::Unexpected { member } => write!(formatter, "Unexpected JSON member: {member}"),
            Self::Missing { path } => write!(formatter, "{path} must be specified"),
            Self::WrongType { path, wanted } => write!(formatter, "{path} must be {wanted}"),
            Self::TooSmall { path, least } => write!(formatter, "{path} must be greater than or equal to {least}"),
            Self::TooLarge { path, most } => write!(formatter, "{path} must be less than or equal to {most}"),
            Self::Delays { path } => {
                write!(formatter, "{path}.maxDelayTarget must be greater than or equal to minDelayTarget")
            }
            Self::Retries { path } => write!(
                formatter,
                "{path}.numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries"
            ),
            Self::Total { path } => {
                write!(formatter, "{path} must not take longer than {TOTAL_SECS_MAX} seconds in all")
            }
            Self::Function { path } => {
                write!(formatter, "{path} must be one of linear, arithmetic, geometric, exponential")
            }
            Self::ContentType { path } => write!(formatter, "{path} is not a supported content type"),
        }
    }
}

/// An object of the policy, of which members are taken one by one.
#[derive(Debug)]
pub(super) struct Part {
    path: String,
    members: Map<String, Value>,
}

impl Part {
    /// The whole policy of this text.
    pub(super) fn whole(text: &str) -> Result<Self, PolicyFault> {
        let value = serde_json::from_str(text).map_err(|_| PolicyFault::NotJson)?;
        Self::of(String::new(), value)
    }

    fn of(path: String, value: Value) -> Result<Self, PolicyFault> {
        match value {
            Value::Object(members) => Ok(Self { path, members }),
            _ if path.is_empty() => Err(PolicyFault::NotJson),
            _ => Err(PolicyFault::NotAnObject { path }),
        }
    }

    /// Takes an object; null counts as nothing.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Self>, PolicyFault> {
        self.take(name).map(|value| Self::of(self.path(name), value)).transpose()
    }

    /// Takes a truth value.
    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, PolicyFault> {
        let wanted = |path| PolicyFault::WrongType { path, wanted: "a boolean" };
        self.take(name).map(|value| value.as_bool().ok_or_else(|| wanted(self.path(name)))).transpose()
    }

    /// Takes a number within its bounds.
    pub(super) fn number(&mut self, name: &str, least: u32, most: u32) -> Result<Option<u32>, PolicyFault> {
        let Some(value) = self.take(name) else { return Ok(None) };
        let path = self.path(name);
        let number =
            value.as_i64().ok_or_else(|| PolicyFault::WrongType { path: path.clone(), wanted: "an integer" })?;
        match u32::try_from(number.max(-1)) {
            Ok(number) if number > most => Err(PolicyFault::TooLarge { path, most }),
            Ok(number) if number >= least => Ok(Some(number)),
            Err(_) if number > 0 => Err(PolicyFault::TooLarge { path, most }),
            _ => Err(PolicyFault::TooSmall { path, least }),
        }
    }

    /// Takes the content type of a request policy.
    pub(super) fn content_type(mut self) -> Result<Option<String>, PolicyFault> {
        let name = "headerContentType";
        let value = self.take(name);
        let path = self.path(name);
        self.end()?;
        match value {
            None => Ok(None),
            Some(Value::String(text)) if is_content_type(&text) => Ok(Some(text)),
            Some(_) => Err(PolicyFault::ContentType { path }),
        }
    }

    /// Takes the rate of a throttle policy.
    pub(super) fn rate(mut self) -> Result<Option<u32>, PolicyFault> {
        let rate = self.number("maxReceivesPerSecond", 1, u32::MAX)?;
        self.end()?;
        Ok(rate)
    }

    /// All of a retry policy, and which of its members were given.
    pub(super) fn retry(mut self) -> Result<(Retry, Map<String, Value>), PolicyFault> {
        let given: Map<String, Value> = NUMBERS
            .iter()
            .map(|(name, ..)| *name)
            .chain([BACKOFF])
            .filter_map(|name| {
                Some((name.to_owned(), self.members.get(name).filter(|value| !value.is_null())?.clone()))
            })
            .collect();
        if let Some(missing) = REQUIRED.into_iter().find(|name| !given.contains_key(*name)) {
            return Err(PolicyFault::Missing { path: self.path(missing) });
        }
        let mut numbers = [0; NUMBERS.len()];
        for (number, (name, least, most)) in numbers.iter_mut().zip(NUMBERS) {
            *number = self.number(name, least, most)?.unwrap_or_default();
        }
        let backoff = match self.take(BACKOFF) {
            None => Backoff::default(),
            Some(value) => value
                .as_str()
                .and_then(Backoff::parse)
                .ok_or_else(|| PolicyFault::Function { path: self.path(BACKOFF) })?,
        };
        let [min_delay_secs, max_delay_secs, retries, with_max_delay, without_delay, with_min_delay] = numbers;
        let path = self.path.clone();
        self.end()?;
        if max_delay_secs < min_delay_secs {
            return Err(PolicyFault::Delays { path });
        }
        if retries < with_max_delay + without_delay + with_min_delay {
            return Err(PolicyFault::Retries { path });
        }
        let retry =
            Retry { min_delay_secs, max_delay_secs, retries, without_delay, with_min_delay, with_max_delay, backoff };
        if retry.total() > Duration::from_secs(TOTAL_SECS_MAX) {
            return Err(PolicyFault::Total { path });
        }
        Ok((retry, given))
    }

    /// Complains about what was not taken.
    pub(super) fn end(self) -> Result<(), PolicyFault> {
        match self.members.into_iter().next() {
            None => Ok(()),
            Some((member, _)) => Err(PolicyFault::Unexpected { member }),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.members.shift_remove(name).filter(|value| !value.is_null())
    }

    fn path(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}
