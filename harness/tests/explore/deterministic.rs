//! The same faults give the same run.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use redeliver::Test;
use redeliver::test::{Failure, Outcome};
use redeliver_chaos::plan::RuleBuilder;
use redeliver_chaos::{Plan, Schedule, rules};

use crate::consumers::{Kind, pays_once};

fn failure(test: Test, kind: Kind) -> Option<Failure> {
    match test.environment(false).budget(Duration::from_mins(2)).run(|world| pays_once(world, kind, 1, 1)) {
        Outcome::Failed(failure) => Some(*failure),
        Outcome::Passed(_) => None,
        Outcome::Unknown(reason) if reason.starts_with("vacuous") => None,
        other => panic!("{other}"),
    }
}

/// A plan that strikes often.
fn often() -> Plan {
    let rules = ["send-reply-lost", "replica-duplicate", "slow-reply", "crash"];
    let plan = rules.iter().fold(Plan::builder("Often."), |plan, rule| {
        plan.rule(RuleBuilder::new(rule).probability(if *rule == "crash" { 0.05 } else { 0.4 }))
    });
    plan.build(&rules::known(), None).unwrap()
}

#[test]
fn a_hundred_failing_schedules_replay_to_the_same_histories() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schedule.json");
    let mut replayed = 0;
    for seed in 0..400 {
        if replayed == 100 {
            return;
        }
        let kind = if seed % 2 == 0 { Kind::Naive } else { Kind::CheckThenAct };
        let drawn = Test::new("orders").plan(often()).exhaustive(false).seeds(1).first_seed(seed);
        let Some(first) = failure(drawn, kind) else { continue };
        std::fs::write(&file, first.schedule.to_text()).unwrap();
        let again = failure(Test::new("orders").replay(&file).first_seed(seed), kind).unwrap();
        assert_eq!(format!("{:?}", again.history), format!("{:?}", first.history), "seed {seed}");
        assert_eq!(Schedule { faults: again.schedule.faults, ..first.schedule.clone() }, first.schedule);
        replayed += 1;
    }
    panic!("only {replayed} of 400 seeds fail");
}

#[test]
fn consumer_that_draws_from_outside_is_nondeterministic() {
    static RUNS: AtomicU64 = AtomicU64::new(0);
    let outcome = Test::new("orders").environment(false).seeds(0).first_only(true).run(|world| async move {
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        world.sleep(Duration::from_millis(run)).await;
        pays_once(world, Kind::Naive, 1, 1).await;
    });
    let Outcome::Unknown(reason) = outcome else { panic!("{outcome}") };
    assert!(reason.starts_with("NONDETERMINISTIC: ") && reason.contains("record 1 differs"), "{reason}");
}
