//! Points in time as ISO 8601, always in UTC.

use redeliver_model::{Timestamp, calendar};

pub(crate) use calendar::iso as format;

/// Reads `2024-02-29T12:34:56Z`, maybe with a fraction of seconds; `None` for anything else or a time before 1970.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let valid = hour < 24
        && minute < 60
        && second < 60
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let midnight = calendar::midnight(year, month, day).filter(|_| valid)?;
    let millis: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(Timestamp(midnight.as_millis() + (hour * 3_600 + minute * 60 + second) * 1_000 + millis))
}

fn numbers<const N: usize>(text: &str, separator: char, widths: [usize; N]) -> Option<[u64; N]> {
    let mut parts = text.split(separator);
    let mut found = [0; N];
    for (number, width) in found.iter_mut().zip(widths) {
        let digits =
            parts.next().filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = digits.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use redeliver_model::Timestamp;

    use super::{format, parse};

    #[test]
    fn known_times_are_written_and_read() {
        let cases = [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_709_210_096_789, "2024-02-29T12:34:56.789Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ];
        for (millis, text) in cases {
            assert_eq!(format(Timestamp(millis)), text);
            assert_eq!(parse(text), Some(Timestamp(millis)), "{text}");
        }
        assert_eq!(parse("1970-01-01T00:00:01Z"), Some(Timestamp(1_000)));
        assert_eq!(parse("1970-01-01T00:00:00.5Z"), Some(Timestamp(500)));
    }

    #[test]
    fn other_texts_are_no_times() {
        let bad = [
            "",
            "Z",
            "T",
            "1970-01-01",
            "1970-01-01T00:00:00",
            "1970-13-01T00:00:00Z",
            "1970-00-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z",
            "1970-01-01T00:00:60Z",
            "1969-12-31T23:59:59Z",
            "1970-1-01T00:00:00Z",
            "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00.xZ",
            "1970-01-01T00:00:00:00Z",
            "+970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.1+1Z",
        ];
        for text in bad {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn times_up_to_the_year_9999_survive(millis in 0..253_402_300_800_000_u64) {
            prop_assert_eq!(parse(&format(Timestamp(millis))), Some(Timestamp(millis)));
        }

        #[test]
        fn any_time_can_be_written(millis in any::<u64>(), text in any::<String>()) {
            prop_assert!(format(Timestamp(millis)).ends_with('Z'));
            _ = parse(&text);
        }
    }
}
