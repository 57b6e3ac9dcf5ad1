//! The attribute `ArchivePolicy` of a topic.

use serde_json::{Map, Value, json};

use super::fault::ArchiveFault;

const DAYS: &str = "MessageRetentionPeriod";

/// For how long a FIFO topic keeps its messages.
/// <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ArchivePolicy {
    /// Days, 1 to 365.
    pub(crate) days: u32,
}

impl ArchivePolicy {
    /// The policy of this text; the empty object, and the empty text, are none.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, ArchiveFault> {
        if text.is_empty() {
            return Ok(None);
        }
        let mut members: Map<String, Value> = serde_json::from_str(text).map_err(|_| ArchiveFault::NotJson)?;
        let Some(days) = members.shift_remove(DAYS) else {
            return match members.into_iter().next() {
                None => Ok(None),
                Some((member, _)) => Err(ArchiveFault::Unexpected { member }),
            };
        };
        if let Some((member, _)) = members.into_iter().next() {
            return Err(ArchiveFault::Unexpected { member });
        }
        let number = match &days {
            Value::String(text) => text.parse().ok(),
            value => value.as_u64(),
        };
        let wanted = "a number of days from 1 to 365";
        let days = number.filter(|days| (1..=365).contains(days)).and_then(|days| u32::try_from(days).ok());
        Ok(Some(Self { days: days.ok_or(ArchiveFault::Invalid { member: DAYS, wanted })? }))
    }

    /// As the attribute shows it.
    pub(crate) fn to_text(self) -> String {
        json!({ DAYS: self.days.to_string() }).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::ArchivePolicy;

    #[test]
    fn days_are_a_text_or_a_number_from_1_to_365() {
        for text in [r#"{"MessageRetentionPeriod":"30"}"#, r#"{"MessageRetentionPeriod":30}"#] {
            let policy = ArchivePolicy::parse(text).unwrap().unwrap();
            assert_eq!(policy.to_text(), r#"{"MessageRetentionPeriod":"30"}"#);
        }
        assert_eq!((ArchivePolicy::parse(""), ArchivePolicy::parse("{}")), (Ok(None), Ok(None)));
        for text in ["[]", r#"{"MessageRetentionPeriod":"0"}"#, r#"{"MessageRetentionPeriod":366}"#, r#"{"Days":1}"#] {
            assert!(ArchivePolicy::parse(text).is_err(), "{text}");
        }
    }
}
