//! The dates of signatures, such as `20250819T123600Z`.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// Reads a date; gives seconds since 1970.
pub(super) fn parse(text: &str) -> Option<i64> {
    let digits = |from: usize, to: usize| text.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let (day, time) = (digits(0, 8)?, digits(9, 15)?);
    if text.len() != 16 || text.as_bytes()[8] != b'T' || text.as_bytes()[15] != b'Z' {
        return None;
    }
    let (year, month, date) = (&day[..4], &day[4..6], &day[6..]);
    let (hour, minute, second) = (&time[..2], &time[2..4], &time[4..]);
    let long = format!("{year}-{month}-{date}T{hour}:{minute}:{second}Z");
    DateTime::from_str(&long, Format::DateTime).ok().map(|date| date.secs())
}

/// Reads the HTTP header `Date`; gives seconds since 1970.
pub(super) fn parse_http(text: &str) -> Option<i64> {
    DateTime::from_str(text, Format::HttpDate).ok().map(|date| date.secs())
}

/// The date of this second since 1970.
pub(super) fn show(seconds: i64) -> String {
    let long = DateTime::from_secs(seconds).fmt(Format::DateTime).unwrap_or_default();
    long.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_http, show};

    #[test]
    fn dates_read_back() {
        assert_eq!(parse("20250819T123600Z"), Some(1_755_606_960));
        assert_eq!(show(1_755_606_960), "20250819T123600Z");
        assert_eq!(parse_http("Tue, 19 Aug 2025 12:36:00 GMT"), Some(1_755_606_960));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in
            ["", "20250819", "20250819T123600", "2025-08-19T12:36:00Z", "20251399T123600Z", "2025081912:36:00Zé"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
