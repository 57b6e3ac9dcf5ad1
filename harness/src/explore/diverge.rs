//! Whether two runs of one schedule are the same.

use redeliver_check::Record;

/// The first place at which two histories differ, in words; `None` when they are the same.
pub(crate) fn diverge(first: &[Record], second: &[Record]) -> Option<String> {
    let same = first.iter().zip(second).take_while(|(first, second)| first == second).count();
    let told =
        |history: &[Record]| history.get(same).map_or_else(|| "the end".to_owned(), |record| format!("{record:?}"));
    (same < first.len().max(second.len()))
        .then(|| format!("record {} differs\n  first run:  {}\n  second run: {}", same + 1, told(first), told(second)))
}

#[cfg(test)]
mod tests {
    use redeliver_check::{Record, What};

    use super::diverge;

    #[test]
    fn first_record_that_differs_is_named() {
        let record = |at_ms| Record { at_ms, process: 1, what: What::Restart };
        assert_eq!(diverge(&[record(1), record(2)], &[record(1), record(2)]), None);
        let told = diverge(&[record(1), record(2)], &[record(1), record(3)]).unwrap();
        assert!(told.starts_with("record 2 differs") && told.contains("at_ms: 3"), "{told}");
        let told = diverge(&[record(1)], &[]).unwrap();
        assert!(told.starts_with("record 1 differs") && told.ends_with("second run: the end"), "{told}");
    }
}
