//! Which run a thing is of, as its name says.

use std::fmt;
use std::str::FromStr;

/// What all names begin with.
pub(crate) const PREFIX: &str = "redeliver-";
/// Digits of names: neither upper case nor anything that looks like something else.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const RUN_CHARS: usize = 6;
const CASE_CHARS: usize = 9;

/// Which run a thing is of: six characters after `redeliver-` in its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(String);

impl RunId {
    /// That of the run with this number.
    pub(crate) fn new(run: u64) -> Self {
        Self(digits(run, RUN_CHARS))
    }

    /// What all names of the run begin with.
    pub fn prefix(&self) -> String {
        format!("{PREFIX}{}-", self.0)
    }

    /// `${unique}` of the case with this number, 26 characters as on every target.
    pub(crate) fn unique(&self, case: u64) -> String {
        format!("{}{}", self.prefix(), digits(case, CASE_CHARS))
    }

    /// The run in a name that has the form of those that a case uses.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (run, rest) = name.strip_prefix(PREFIX)?.split_once('-')?;
        let case = rest.get(..CASE_CHARS)?;
        are_digits(case).then_some(())?;
        run.parse().ok()
    }
}

impl FromStr for RunId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_one = text.len() == RUN_CHARS && are_digits(text);
        let remedy = "a run's id is six letters and digits, those after `redeliver-` in its names";
        if is_one { Ok(Self(text.to_owned())) } else { Err(format!("`{text}` is no id of a run: {remedy}")) }
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| DIGITS.contains(&byte))
}

/// The lowest digits of a number.
fn digits(number: u64, count: usize) -> String {
    (0..count).map(|place| char::from(DIGITS[(number >> (5 * place) & 31) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_run() {
        let run = RunId::new(0x1234_5678_9ABC_DEF0);
        let name = run.unique(77);
        assert_eq!(name.len(), 26);
        assert_eq!(RunId::of_name(&name), Some(run.clone()));
        assert_eq!(RunId::of_name(&format!("{name}-dlq.fifo")), Some(run.clone()));
        assert_eq!(run.to_string().parse(), Ok(run));
    }

    #[test]
    fn names_of_others_tell_none() {
        let names =
            ["orders", "redeliver-", "redeliver-0123456789abcdef", "redeliver-abcdef-short", "redeliver-abc-abcdefghi"];
        for name in names.into_iter().chain(["redeliver-ABCDEF-abcdefghi", "x-redeliver-abcdef-abcdefghi"]) {
            assert_eq!(RunId::of_name(name), None, "{name}");
        }
        assert!("abc".parse::<RunId>().unwrap_err().starts_with("`abc` is no id of a run: "));
    }
}
