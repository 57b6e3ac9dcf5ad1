//! Durations as plans and specs write them: a whole number and a unit.

use std::time::Duration;

/// The units with their length in milliseconds.
const UNITS: [(&str, u64); 5] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// A text that is not a duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a duration: write a whole number and a unit (ms, s, m, h or d), for example `31s`")]
pub struct DurationProblem {
    /// The text.
    pub text: String,
}

/// Reads `250ms`, `31s`, `5m`, `12h` or `4d`.
pub fn parse_duration(text: &str) -> Result<Duration, DurationProblem> {
    let problem = || DurationProblem { text: text.to_owned() };
    let unit_at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(problem)?;
    let (number, unit) = text.split_at(unit_at);
    let (_, length) = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(problem)?;
    let number: u64 = number.parse().map_err(|_| problem())?;
    number.checked_mul(*length).map(Duration::from_millis).ok_or_else(problem)
}

/// Writes a duration in the largest unit that needs no fraction; what is below a millisecond is left out.
pub fn show_duration(duration: Duration) -> String {
    let millis = duration.as_millis();
    let (unit, length) = UNITS
        .iter()
        .rev()
        .find(|(_, length)| millis > 0 && millis.is_multiple_of(u128::from(*length)))
        .unwrap_or(&("s", 1000));
    format!("{}{unit}", millis / u128::from(*length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_whole_number_and_a_unit() {
        let read = ["0s", "250ms", "31s", "5m", "12h", "4d"].map(|text| parse_duration(text).map(|d| d.as_millis()));
        assert_eq!(read, [Ok(0), Ok(250), Ok(31_000), Ok(300_000), Ok(43_200_000), Ok(345_600_000)]);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in
            ["", "31", "s", "1.5s", "-1s", "31 s", "31sec", "1m30s", "99999999999999999999s", "999999999999999999d"]
        {
            assert_eq!(parse_duration(text), Err(DurationProblem { text: text.to_owned() }));
        }
    }

    #[test]
    fn a_duration_is_shown_as_it_is_written() {
        for text in ["0s", "250ms", "31s", "5m", "12h", "4d", "90s"] {
            assert_eq!(show_duration(parse_duration(text).unwrap()), text);
        }
    }
}
