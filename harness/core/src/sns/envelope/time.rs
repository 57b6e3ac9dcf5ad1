//! Times as SNS writes and reads them: ISO 8601 in UTC.

use redeliver_model::calendar;

use crate::Timestamp;

pub(crate) use calendar::iso as time_text;

/// Reads `2021-02-16T21:41:19Z`, with or without a fraction of a second; the zone may be left out or be `+00:00`.
pub(crate) fn parse_time(text: &str) -> Option<Timestamp> {
    let (date, clock) = text.split_once('T')?;
    let clock = ["Z", "+00:00", "+0000"].iter().find_map(|zone| clock.strip_suffix(zone)).unwrap_or(clock);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let [year, month, day] = numbers(date, '-')?;
    let [hours, minutes, seconds] = numbers(clock, ':')?;
    let midnight = calendar::midnight(year, month, day)?;
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let millis = match fraction {
        "" => 0,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => format!("{digits:0<3}")[..3].parse().ok()?,
        _ => return None,
    };
    Some(Timestamp(midnight.as_millis() + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis))
}

fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut parts = text.split(separator);
    let mut next = || {
        let part = parts.next()?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let numbers = [next()?, next()?, next()?];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{parse_time, time_text};
    use crate::Timestamp;

    #[test]
    fn times_are_written_and_read() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_613_511_679_978, "2021-02-16T21:41:19.978Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            assert_eq!(time_text(Timestamp(millis)), text);
            assert_eq!(parse_time(text), Some(Timestamp(millis)));
        }
        assert_eq!(parse_time("2021-02-16T21:41:19"), Some(Timestamp(1_613_511_679_000)));
        assert_eq!(parse_time("2021-02-16T21:41:19.97+00:00"), Some(Timestamp(1_613_511_679_970)));
    }

    #[test]
    fn other_texts_are_no_times() {
        for text in [
            "",
            "2021-02-16",
            "2021-02-30T00:00:00Z",
            "2021-13-01T00:00:00Z",
            "1969-01-01T00:00:00Z",
            "2021-02-16T24:00:00Z",
            "2021-02-16T1:2:3:4Z",
            "2021-02-16T21:41:19.xZ",
            "2021-+2-16T00:00:00Z",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }
}
