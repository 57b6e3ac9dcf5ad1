//! What the search finds in small consumers.

use std::time::Duration;

use redeliver::Test;
use redeliver::test::{Failure, Outcome, Passed, SearchPhase};
use redeliver_chaos::plan::RuleBuilder;
use redeliver_chaos::{Plan, rules};

use crate::consumers::{Kind, pays_once};

fn search(kind: Kind, first_only: bool) -> Outcome {
    let test =
        Test::new("orders").environment(false).budget(Duration::from_mins(2)).seeds(2).pairs(5).first_only(first_only);
    test.run(|world| pays_once(world, kind, 1, 1))
}

fn found(kind: Kind) -> (String, usize) {
    let Failure { breach, schedule, .. } = search(kind, true).unwrap_failure();
    (breach.property, schedule.faults.len())
}

#[test]
fn consumer_that_pays_before_it_deletes_pays_twice_after_one_fault() {
    assert_eq!(found(Kind::Naive), ("effect-once".to_owned(), 1));
}

#[test]
fn consumer_that_checks_before_it_acts_pays_twice_after_one_crash() {
    let Failure { breach, schedule, coverage, .. } = search(Kind::CheckThenAct, false).unwrap_failure();
    assert_eq!((&*breach.property, schedule.faults.len()), ("effect-once", 1));
    let crashes = coverage.iter().find(|one| one.phase == SearchPhase::Consumer && one.rule == "crash").unwrap();
    assert!(crashes.failed > 0 && crashes.failed < crashes.of && crashes.runs == crashes.of, "{crashes:?}");
}

#[test]
fn consumer_that_deletes_first_loses_a_message_after_one_fault() {
    assert_eq!(found(Kind::DeleteFirst), ("effect-lost".to_owned(), 1));
}

#[test]
fn consumer_with_a_conditional_write_passes() {
    let Passed { coverage, cut, .. } = search(Kind::Conditional, true).unwrap();
    assert_eq!(cut, None, "the budget was used up");
    assert!(!coverage.is_empty() && coverage.iter().all(|one| one.failed == 0 && one.runs == one.of), "{coverage:?}");
}

#[test]
fn fault_that_never_fires_makes_the_test_unknown() {
    let lost = RuleBuilder::new("send-reply-lost").queue("bills").probability(1.0);
    let plan = Plan::builder("Of another queue.").rule(lost).build(&rules::known(), None).unwrap();
    let test = Test::new("orders").environment(false).plan(plan).seeds(2);
    let Outcome::Unknown(reason) = test.run(|world| pays_once(world, Kind::Naive, 1, 1)) else { panic!("no reason") };
    assert!(reason.starts_with("vacuous: the plan promises faults that never fired: send-reply-lost."), "{reason}");
}

#[test]
fn consumer_with_a_conditional_write_passes_64_seeds() {
    let test = Test::new("orders").environment(false).budget(Duration::from_mins(2)).exhaustive(false).seeds(64);
    let Passed { coverage, cut, .. } = test.run(|world| pays_once(world, Kind::Conditional, 1, 2)).unwrap();
    let [seeds] = &*coverage else { panic!("{coverage:?}") };
    assert_eq!((seeds.runs, seeds.failed, cut), (64, 0, None));
    assert!(seeds.fired > 40, "{seeds:?}");
}
