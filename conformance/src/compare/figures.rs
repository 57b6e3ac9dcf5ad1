//! Durations, memory and shares, for people. What is not known is a dash.

use super::{Column, Counts};

/// What stands for what is not known.
pub(super) const UNKNOWN: &str = "–";

/// `0.42 s`, `12 s`, `2 min 05 s`.
pub(super) fn duration(ms: Option<u64>) -> String {
    let Some(ms) = ms else { return UNKNOWN.to_owned() };
    match ms / 1000 {
        seconds @ 0..10 => format!("{seconds}.{:02} s", ms % 1000 / 10),
        seconds @ 10..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// `12 MB`.
pub(super) fn memory(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| UNKNOWN.to_owned(), |bytes| format!("{} MB", bytes.div_ceil(1_000_000)))
}

/// The day of a time, `2026-01-31`.
pub(super) fn day(time: Option<&str>) -> &str {
    time.and_then(|time| time.get(..10)).unwrap_or(UNKNOWN)
}

/// The version, in few words: programs like to print their name and their build as well.
pub(super) fn version(column: &Column) -> &str {
    column.version.as_deref().unwrap_or(UNKNOWN)
}

/// What part of all it passed, in whole percent, rounded down so that 100% means all.
pub(super) fn percent(counts: Counts) -> String {
    match counts.all() {
        0 => UNKNOWN.to_owned(),
        all => format!("{}%", counts.passed * 100 / all),
    }
}

/// The number with commas between thousands.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_people() {
        let durations = [None, Some(0), Some(1429), Some(59_999), Some(125_000)].map(duration);
        assert_eq!(durations, ["–", "0.00 s", "1.42 s", "59 s", "2 min 05 s"]);
        assert_eq!([None, Some(1), Some(12_000_000)].map(memory), ["–", "1 MB", "12 MB"]);
        assert_eq!([0, 999, 1000, 3101, 1_234_567].map(thousands), ["0", "999", "1,000", "3,101", "1,234,567"]);
        assert_eq!([None, Some("2026-01-31T12:00:00Z"), Some("?")].map(day), ["–", "2026-01-31", "–"]);
        let most = Counts { passed: 999, failed: 1, ..Counts::default() };
        assert_eq!([percent(Counts::default()), percent(most)], ["–", "99%"]);
    }
}
