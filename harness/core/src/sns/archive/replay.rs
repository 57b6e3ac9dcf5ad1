//! The attribute `ReplayPolicy` of a subscription, and how far it has got.

use serde_json::{Map, Value};

use super::fault::ArchiveFault;
use crate::Timestamp;
use crate::sns::envelope::parse_time;

/// From when to when a subscription wants the past of its topic.
/// <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReplayPolicy {
    /// The first moment.
    pub(crate) start: Timestamp,
    /// The last moment; `None` for everything up to now, and then what comes.
    pub(crate) end: Option<Timestamp>,
    text: String,
}

impl ReplayPolicy {
    /// The policy of this text; the empty object, and the empty text, are none.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, ArchiveFault> {
        if text.is_empty() {
            return Ok(None);
        }
        let members: Map<String, Value> = serde_json::from_str(text).map_err(|_| ArchiveFault::NotJson)?;
        if members.is_empty() {
            return Ok(None);
        }
        let known = ["PointType", "StartingPoint", "EndingPoint"];
        if let Some(member) = members.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(ArchiveFault::Unexpected { member: member.clone() });
        }
        if members.get("PointType").and_then(Value::as_str) != Some("Timestamp") {
            return Err(ArchiveFault::Invalid { member: "PointType", wanted: "Timestamp" });
        }
        let point = |member: &'static str| {
            let value = members.get(member).filter(|value| !value.is_null())?;
            let time = value.as_str().and_then(parse_time);
            Some(time.ok_or(ArchiveFault::Invalid { member, wanted: "a time such as 2026-01-31T12:00:00.000Z" }))
        };
        let wanted = "a time such as 2026-01-31T12:00:00.000Z";
        let start = point("StartingPoint").ok_or(ArchiveFault::Invalid { member: "StartingPoint", wanted })??;
        let end = point("EndingPoint").transpose()?;
        if end.is_some_and(|end| end <= start) {
            return Err(ArchiveFault::Backwards);
        }
        Ok(Some(Self { start, end, text: text.to_owned() }))
    }

    /// As the attribute shows it.
    pub(crate) fn as_text(&self) -> &str {
        &self.text
    }
}

/// A replay that a subscription asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replay {
    /// What it asked for.
    pub(crate) policy: ReplayPolicy,
    /// How far it has got.
    pub(crate) status: ReplayStatus,
}

/// How far a replay has got: the attribute `ReplayStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ReplayStatus {
    /// It has not begun.
    #[default]
    Pending,
    /// All of it is delivered.
    Completed,
}

impl ReplayStatus {
    /// As the attribute says it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Completed => "Completed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ArchiveFault, ReplayPolicy};
    use crate::Timestamp;

    fn parse(text: &str) -> Result<Option<(u64, Option<u64>)>, ArchiveFault> {
        let times = |policy: ReplayPolicy| (policy.start.as_millis(), policy.end.map(Timestamp::as_millis));
        Ok(ReplayPolicy::parse(text)?.map(times))
    }

    #[test]
    fn replays_go_from_a_time_to_a_time_or_on() {
        let start = r#""PointType":"Timestamp","StartingPoint":"2025-01-01T00:00:00.000Z""#;
        assert_eq!(parse(&format!("{{{start}}}")), Ok(Some((1_735_689_600_000, None))));
        let both = format!(r#"{{{start},"EndingPoint":"2025-01-01T00:00:01.000Z"}}"#);
        assert_eq!(parse(&both), Ok(Some((1_735_689_600_000, Some(1_735_689_601_000)))));
        assert_eq!((parse(""), parse("{}")), (Ok(None), Ok(None)));
    }

    #[test]
    fn other_policies_are_refused() {
        let start = r#""StartingPoint":"2025-01-01T00:00:00.000Z""#;
        for text in [
            "[]".to_owned(),
            format!("{{{start}}}"),
            r#"{"PointType":"Timestamp"}"#.to_owned(),
            r#"{"PointType":"Timestamp","StartingPoint":"yesterday"}"#.to_owned(),
            format!(r#"{{"PointType":"Timestamp",{start},"EndingPoint":"2024-01-01T00:00:00.000Z"}}"#),
            format!(r#"{{"PointType":"Timestamp",{start},"Until":1}}"#),
        ] {
            assert!(parse(&text).is_err(), "{text}");
        }
    }
}
