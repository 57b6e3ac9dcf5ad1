//! Whether two runs of one seed were the same.

use std::fmt;

use crate::Record;

/// Where two histories that must be equal part.
#[derive(Debug, Clone, PartialEq)]
pub struct Divergence {
    /// Index of the first record that differs.
    pub index: usize,
    /// That record of the first run; `None` when it had ended.
    pub first: Option<Record>,
    /// That record of the second run; `None` when it had ended.
    pub second: Option<Record>,
}

/// The first record in which two runs of one seed differ; `None` when they are the same.
pub fn divergence(first: &[Record], second: &[Record]) -> Option<Divergence> {
    let common = first.iter().zip(second).take_while(|(one, other)| one == other).count();
    let ended = common == first.len() && common == second.len();
    let at = |history: &[Record]| history.get(common).cloned();
    (!ended).then(|| Divergence { index: common, first: at(first), second: at(second) })
}

impl fmt::Display for Divergence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |record: &Option<Record>| {
            let json = record.as_ref().and_then(|record| serde_json::to_string(record).ok());
            json.unwrap_or_else(|| "nothing: it had ended".to_owned())
        };
        writeln!(f, "NONDETERMINISTIC: two runs of one seed differ from record {} on", self.index)?;
        writeln!(f, "  first run:  {}", shown(&self.first))?;
        write!(f, "  second run: {}", shown(&self.second))
    }
}

#[cfg(test)]
mod tests {
    use super::divergence;
    use crate::{Record, What};

    fn records(reasons: &[&str]) -> Vec<Record> {
        let record =
            |reason: &&str| Record { at_ms: 5, process: 1, what: What::Crash { reason: (*reason).to_owned() } };
        reasons.iter().map(record).collect()
    }

    #[test]
    fn first_difference_is_named() {
        assert_eq!(divergence(&records(&["a", "b"]), &records(&["a", "b"])), None);
        let found = divergence(&records(&["a", "b"]), &records(&["a", "c"])).unwrap();
        let expected = "NONDETERMINISTIC: two runs of one seed differ from record 1 on\n  \
                        first run:  {\"at_ms\":5,\"process\":1,\"what\":{\"crash\":{\"reason\":\"b\"}}}\n  \
                        second run: {\"at_ms\":5,\"process\":1,\"what\":{\"crash\":{\"reason\":\"c\"}}}";
        assert_eq!(found.to_string(), expected);
    }

    #[test]
    fn shorter_run_differs_where_it_ends() {
        let found = divergence(&records(&["a"]), &records(&["a", "b"])).unwrap();
        assert_eq!((found.index, found.first.is_none(), found.second.is_none()), (1, true, false));
    }
}
