//! Times in tags: `2026-11-26T14:25:33Z`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// What time it is.
#[expect(clippy::disallowed_methods, reason = "AWS's clock is real, and tags tell people when something was made")]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

/// As it stands in a tag, to the second.
pub(super) fn write(moment: SystemTime) -> String {
    let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let moment = DateTime::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
    moment.fmt(Format::DateTime).unwrap_or_default()
}

/// How long ago the moment of a tag was; `None` for what is no moment. The future was just now.
pub(super) fn since(text: &str, now: SystemTime) -> Option<Duration> {
    let moment = SystemTime::try_from(DateTime::from_str(text, Format::DateTime).ok()?).ok()?;
    Some(now.duration_since(moment).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_it_was_written() {
        let moment = UNIX_EPOCH + Duration::from_secs(1_795_703_133);
        assert_eq!(write(moment), "2026-11-26T14:25:33Z");
        let later = moment + Duration::from_mins(90);
        assert_eq!(since("2026-11-26T14:25:33Z", later), Some(Duration::from_mins(90)));
        assert_eq!(since("2026-11-26T14:25:33Z", moment - Duration::from_mins(1)), Some(Duration::ZERO));
        assert_eq!(since("yesterday", later), None);
    }
}
