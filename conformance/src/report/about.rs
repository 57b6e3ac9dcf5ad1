//! What is known of a run beside its cases: which version of the target, since when, at what cost.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::target::Usage;

/// What is known of a run beside its cases.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Version of the target, as it tells it.
    pub version: Option<String>,
    /// The command that runs one case in the same way, with `${id}` where its id belongs.
    pub again: Option<String>,
    /// When the run began, as `2026-01-31T12:00:00Z`.
    pub started_at: Option<String>,
    /// What the target's own process took of this machine.
    pub usage: Option<Usage>,
}

/// The time of day, as `2026-01-31T12:00:00Z`.
#[expect(clippy::disallowed_methods, reason = "a report of a run on a real clock says when that was")]
pub fn now() -> String {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let time = DateTime::from_secs(i64::try_from(passed.as_secs()).unwrap_or_default());
    time.fmt(Format::DateTime).unwrap_or_default()
}
