//! A case has evidence that can be looked up.

use crate::Level;
use crate::problem::Findings;
use crate::raw::RawEvidence;

/// Checks the evidence of a case of this level; a level that could not be read is left out.
pub(crate) fn check(evidence: &RawEvidence, level: Option<Level>, pointer: &str, findings: &mut Findings) {
    if evidence.doc.is_none() && evidence.recorded.is_none() && evidence.model.is_none() {
        findings
            .key(
                pointer,
                "the evidence names nothing that shows the behaviour",
                "add at least one of `doc` (AWS documentation), `recorded` (date of a recorded response), `model`",
            )
            .label("no `doc`, `recorded` or `model`");
    }
    if let Some(date) = evidence.recorded.as_ref().filter(|date| !is_date(&date.0)) {
        let pointer = format!("{pointer}/recorded");
        findings
            .value(&pointer, format!("`{}` is not a day of any calendar", date.0), "give the day of the recording")
            .label("no such day");
    }
    if evidence.test.is_some() && evidence.recorded.is_none() {
        findings
            .key(
                &format!("{pointer}/test"),
                "`test` names a recording, and the evidence has no `recorded`",
                "add the date of the recording as `recorded`, or leave `test` out",
            )
            .label("of which recording?");
    }
    if evidence.silent.is_some() && level == Some(Level::Must) {
        findings
            .key(
                &format!("{pointer}/silent"),
                "a case whose evidence is silent on something is not `must`",
                "set `level: should` (or `observed`), or find evidence and leave `silent` out",
            )
            .label("assumed, not shown");
    }
}

/// Whether a text of the form `YYYY-MM-DD` is a day of the Gregorian calendar.
fn is_date(text: &str) -> bool {
    let mut numbers = text.split('-').map(|part| part.parse::<u32>().unwrap_or_default());
    let (Some(year), Some(month), Some(day)) = (numbers.next(), numbers.next(), numbers.next()) else { return false };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        assert!(["2024-02-29", "2025-12-31", "2000-02-29"].iter().all(|text| is_date(text)));
        assert!(
            !["2025-02-29", "2025-13-01", "2025-04-31", "1900-02-29", "2025-01-00"].iter().any(|text| is_date(text))
        );
    }
}
