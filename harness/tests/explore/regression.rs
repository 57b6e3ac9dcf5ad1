//! A failure is kept beside the consumer and replayed first.

use std::path::Path;
use std::time::Duration;

use redeliver::Test;
use redeliver::test::{Outcome, Problem, SearchPhase};
use redeliver_chaos::Schedule;

use crate::consumers::{Kind, pays_once};

fn test(folder: &Path) -> Test {
    Test::new("orders::pays_once")
        .environment(false)
        .budget(Duration::from_mins(2))
        .seeds(1)
        .pairs(1)
        .first_only(true)
        .manifest_dir(folder)
}

fn run(test: Test, kind: Kind) -> Outcome {
    test.run(|world| pays_once(world, kind, 1, 1))
}

#[test]
fn failure_is_kept_and_replayed_first() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(test(folder.path()), Kind::Naive).unwrap_failure();
    let file = folder.path().join("redeliver-regressions/orders.pays_once.json");
    assert_eq!(first.regression.as_deref(), Some(&*file));
    assert_eq!(Schedule::parse(&std::fs::read_to_string(&file).unwrap()), Ok(first.schedule.clone()));

    let again = run(test(folder.path()), Kind::Naive).unwrap_failure();
    assert_eq!(again.found.phase, SearchPhase::Regression);
    assert_eq!((again.schedule, again.history), (first.schedule.clone(), first.history));

    // The consumer is mended: the file stays, and is replayed in every search.
    let passed = run(test(folder.path()), Kind::Conditional).unwrap();
    let replayed = passed.coverage.iter().find(|one| one.phase == SearchPhase::Regression).unwrap();
    assert_eq!((replayed.runs, replayed.fired, replayed.failed), (1, 1, 0));
    assert!(file.exists());
}

#[test]
fn replay_of_a_file_runs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let first = run(test(folder.path()), Kind::Naive).unwrap_failure();
    let replay = || test(folder.path()).replay("redeliver-regressions/orders.pays_once.json");
    let again = run(replay(), Kind::Naive).unwrap_failure();
    assert_eq!((again.breach, again.history), (first.breach, first.history));
    assert_eq!(run(replay(), Kind::Conditional).unwrap().runs, 2, "the calm run and the replay");
}

#[test]
fn schedule_that_does_not_fit_is_a_labelled_problem() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| std::fs::write(folder.path().join("mine.json"), text).unwrap();
    let told = || match run(test(folder.path()).replay("mine.json"), Kind::Naive) {
        Outcome::Problem(Problem::Schedule { problem, .. }) => problem,
        other => panic!("{other}"),
    };
    write(r#"{"schedule":"1.0","seed":0,"faults":[{"rule":"crash","at":{"consumer":"worker-9","poll":3}}]}"#);
    let problem = told();
    assert!(problem.starts_with("these faults found no place in the run"), "{problem}");
    assert!(problem.contains("crash at worker-9 before poll 3"), "{problem}");
    write(r#"{"schedule":"1.0","seed":0,"faults":[{"rule":"crush","at":{"consumer":"worker-1","poll":3}}]}"#);
    assert!(told().contains("fault 1 has the rule `crush`, which does not exist"), "{}", told());
    write("{");
    assert!(told().starts_with("not a schedule: "), "{}", told());
    std::fs::remove_file(folder.path().join("mine.json")).unwrap();
    assert!(told().contains("No such file"), "{}", told());
}
