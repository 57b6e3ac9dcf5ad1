//! What the search finds in small consumers.

use std::time::Duration;

use redeliver::Test;
use redeliver::test::{Failure, Outcome, Passed};

use crate::consumers::{Kind, pays_once};

fn search(kind: Kind) -> Outcome {
    let test = Test::new("orders").environment(false).budget(Duration::from_mins(2)).seeds(8);
    test.run(|world| pays_once(world, kind, 2, 2))
}

fn found(kind: Kind) -> (String, usize) {
    let Failure { breach, schedule, .. } = search(kind).unwrap_failure();
    (breach.property, schedule.faults.len())
}

#[test]
fn consumer_that_pays_before_it_deletes_pays_twice_after_one_fault() {
    assert_eq!(found(Kind::Naive), ("effect-once".to_owned(), 1));
}

#[test]
fn consumer_that_checks_before_it_acts_pays_twice_after_one_fault() {
    assert_eq!(found(Kind::CheckThenAct), ("effect-once".to_owned(), 1));
}

#[test]
fn consumer_that_deletes_first_loses_a_message_after_one_fault() {
    assert_eq!(found(Kind::DeleteFirst), ("effect-lost".to_owned(), 1));
}

#[test]
fn consumer_with_a_conditional_write_passes() {
    let Passed { coverage, cut, .. } = search(Kind::Conditional).unwrap();
    assert_eq!(cut, None, "the budget was used up");
    assert!(!coverage.is_empty() && coverage.iter().all(|one| one.failed == 0 && one.runs == one.of), "{coverage:?}");
}
