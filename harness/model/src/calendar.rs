//! Days as dates, in UTC.

use crate::Timestamp;

const DAY_MS: u64 = 86_400_000;
/// Days of 400 years, after which the calendar repeats.
const ERA_DAYS: u64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: u64 = 719_468;

/// Year, month and day of a time. Years are counted from March inside, so that leap days come last.
/// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>
pub fn date(time: Timestamp) -> (u64, u64, u64) {
    let days = time.as_millis() / DAY_MS + EPOCH_DAYS;
    let (era, day) = (days / ERA_DAYS, days % ERA_DAYS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let (month, day) = ((5 * day + 2) / 153, day - (153 * ((5 * day + 2) / 153) + 2) / 5 + 1);
    (year + era * 400 + u64::from(month >= 10), if month < 10 { month + 3 } else { month - 9 }, day)
}

/// The beginning of a day; `None` where the calendar from 1970 to 9999 has no such day.
pub fn midnight(year: u64, month: u64, day: u64) -> Option<Timestamp> {
    let is_day = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
    if !is_day {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - EPOCH_DAYS;
    Some(Timestamp(days * DAY_MS))
}

/// A time as ISO 8601, for example `2024-02-29T12:34:56.789Z`.
pub fn iso(time: Timestamp) -> String {
    let (year, month, day) = date(time);
    let millis = time.as_millis();
    let (seconds, fraction) = (millis % DAY_MS / 1_000, millis % 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:03}Z")
}

/// Days of a month.
fn length(year: u64, month: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::{date, iso, midnight};
    use crate::Timestamp;

    #[test]
    fn days_are_dates_and_back() {
        let days = [(1970, 1, 1, 0), (2000, 2, 29, 951_782_400_000), (2100, 3, 1, 4_107_542_400_000)];
        for (year, month, day, millis) in days {
            assert_eq!(midnight(year, month, day), Some(Timestamp(millis)));
            assert_eq!(date(Timestamp(millis)), (year, month, day));
        }
        assert_eq!(iso(Timestamp(253_402_300_799_999)), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn what_no_calendar_has_is_no_day() {
        let none =
            [(1969, 12, 31), (10_000, 1, 1), (2024, 13, 1), (2024, 0, 1), (2023, 2, 29), (2100, 2, 29), (2024, 4, 31)];
        assert_eq!(none.map(|(year, month, day)| midnight(year, month, day)), [None; 7]);
    }
}
