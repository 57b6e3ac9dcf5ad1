//! Worker threads that run cases, and the calling thread that judges and tells.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use redeliver_spec::Case;

use super::judge::Judge;
use crate::event::{CaseResult, Event, RunEnd, RunHeader, Stopped};
use crate::finding::{CaseRun, Finding};
use crate::verdict::Verdict;

/// How the reason begins of a case whose turn never came.
pub const NOT_STARTED: &str = "not started:";

/// What is to be run, and how.
pub struct Plan<'a> {
    /// What reporters are told first.
    pub header: RunHeader,
    /// The cases. One half of the jobs starts them from the front, the other half from the back: see [`super::order`].
    pub cases: Vec<&'a Case>,
    /// Who gives the verdicts.
    pub judge: Judge,
    /// Cases that run at the same time, at least one.
    pub jobs: usize,
    /// How often a case that fails the run is run once more, after all others and alone.
    pub retries: u32,
    /// Start no further case after one that fails the run.
    pub fail_fast: bool,
}

/// The wish to end a run before its last case; the first reason stays.
#[derive(Debug, Default)]
pub struct Stop(OnceLock<Stopped>);

impl Stop {
    /// Asks that no further case is started.
    pub fn ask(&self, reason: Stopped) {
        // A later reason changes nothing: the run is ending already.
        let _ = self.0.set(reason);
    }

    /// Why the run is to end.
    pub fn asked(&self) -> Option<Stopped> {
        self.0.get().copied()
    }
}

enum Message {
    Started(usize),
    Finished(usize, Box<CaseRun>),
}

/// Runs all cases of a plan and tells what happens. Each selected case is told as finished exactly once, also when the run stops early.
pub fn run(plan: &Plan<'_>, stop: &Stop, run_case: &(dyn Fn(&Case) -> CaseRun + Sync), tell: &mut dyn FnMut(Event)) {
    let elapsed = stopwatch();
    tell(Event::RunStarted(plan.header.clone()));
    let left = Mutex::new((0..plan.cases.len()).collect());
    let (sender, receiver) = channel();
    let mut finished = vec![false; plan.cases.len()];
    let mut doubtful = Vec::new();
    std::thread::scope(|scope| {
        for job in 0..plan.jobs.min(plan.cases.len()).max(1) {
            let (sender, left) = (sender.clone(), &left);
            scope.spawn(move || work(plan, stop, run_case, &|| take(left, job), &sender));
        }
        drop(sender);
        for message in receiver {
            match message {
                Message::Started(at) => tell(Event::CaseStarted { id: plan.cases[at].id.clone() }),
                Message::Finished(at, found) => {
                    finished[at] = true;
                    let result = plan.judge.judge(plan.cases[at], *found);
                    if plan.fail_fast && plan.judge.fails(result.verdict) {
                        stop.ask(Stopped::FailFast);
                    }
                    if plan.retries > 0 && plan.judge.fails(result.verdict) {
                        doubtful.push((at, result));
                    } else {
                        tell(Event::CaseFinished(Box::new(result)));
                    }
                }
            }
        }
    });
    doubtful.sort_by_key(|(at, _)| *at);
    for (at, first) in doubtful {
        tell(Event::CaseStarted { id: plan.cases[at].id.clone() });
        tell(Event::CaseFinished(Box::new(repeat(plan, stop, run_case, plan.cases[at], first))));
    }
    let stopped = stop.asked();
    for (case, _) in plan.cases.iter().zip(finished).filter(|(_, finished)| !finished) {
        tell(Event::CaseFinished(Box::new(not_started(plan, case, stopped))));
    }
    tell(Event::RunFinished(RunEnd { stopped, elapsed: elapsed() }));
}

/// Runs a case that fails the run until it does not, or has been tried often enough.
fn repeat(
    plan: &Plan<'_>,
    stop: &Stop,
    run_case: &(dyn Fn(&Case) -> CaseRun + Sync),
    case: &Case,
    mut result: CaseResult,
) -> CaseResult {
    for _ in 0..plan.retries {
        if stop.asked().is_some() {
            break;
        }
        let again = plan.judge.judge(case, run_caught(case, run_case));
        result.tries += 1;
        if !plan.judge.fails(again.verdict) {
            result.verdict = Verdict::Flaky;
            break;
        }
    }
    result
}

/// Index of the next case of a job: from the front for every other one, from the back for the rest.
fn take(left: &Mutex<VecDeque<usize>>, job: usize) -> Option<usize> {
    let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
    if job.is_multiple_of(2) { left.pop_front() } else { left.pop_back() }
}

/// Takes the next case until there is none, or the run is to end.
fn work(
    plan: &Plan<'_>,
    stop: &Stop,
    run_case: &(dyn Fn(&Case) -> CaseRun + Sync),
    next: &dyn Fn() -> Option<usize>,
    sender: &Sender<Message>,
) {
    while stop.asked().is_none() {
        let Some(at) = next() else { return };
        let case = plan.cases[at];
        // The receiver outlives the workers; were it gone, nobody would want the result.
        let _ = sender.send(Message::Started(at));
        let found = run_caught(case, run_case);
        if let Finding::CouldNotRun { unreachable: true, .. } = found.finding
            && stop.asked().is_none()
        {
            stop.ask(Stopped::Unreachable);
        }
        let _ = sender.send(Message::Finished(at, Box::new(found)));
    }
}

/// Runs one case; a bug of ours that panics costs this case, not the run and its reports.
fn run_caught(case: &Case, run_case: &(dyn Fn(&Case) -> CaseRun + Sync)) -> CaseRun {
    catch_unwind(AssertUnwindSafe(|| run_case(case))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no text");
        let reason = format!("the runner panicked, which is a bug of its own: {text}");
        found_nothing(case, Finding::CouldNotRun { reason, unreachable: false })
    })
}

/// The result of a case that never ran.
pub fn found_nothing(case: &Case, finding: Finding) -> CaseRun {
    CaseRun { id: case.id.clone(), finding, elapsed: Duration::ZERO, history: Vec::new() }
}

fn not_started(plan: &Plan<'_>, case: &Case, stopped: Option<Stopped>) -> CaseResult {
    let finding = match stopped {
        Some(Stopped::Unreachable) => Finding::CouldNotRun {
            reason: format!("{NOT_STARTED} the target could not be reached any more"),
            unreachable: true,
        },
        Some(Stopped::FailFast) => Finding::Skipped { reason: format!("{NOT_STARTED} an earlier case failed") },
        Some(Stopped::Interrupted | Stopped::Terminated) | None => {
            Finding::Skipped { reason: format!("{NOT_STARTED} interrupted") }
        }
    };
    plan.judge.judge(case, found_nothing(case, finding))
}

/// Measures wall-clock time from now.
#[expect(clippy::disallowed_methods, reason = "people are told how long a run took; the figure enters no report file")]
fn stopwatch() -> impl Fn() -> Duration {
    let start = std::time::Instant::now();
    move || start.elapsed()
}

#[cfg(test)]
mod tests {
    use redeliver_spec::{Case, Suite};

    use super::*;
    use crate::event::Durations;
    use crate::finding::Failure;
    use crate::report::{Recorded, Recorder};

    /// A suite of cases `a`, `b`, `c`, ...
    fn suite(cases: usize) -> Suite {
        let case = |name| {
            format!(
                "  - name: {name}\n    evidence: {{ model: botocore 1.0 }}\n    steps: [ {{ call: sqs:ListQueues }} ]\n"
            )
        };
        let cases: String = ('a'..='z').take(cases).map(case).collect();
        let text = format!("spec: \"1.0\"\nabout: Lists.\nguarantee: queue-lifecycle\ncases:\n{cases}");
        redeliver_spec::load([("sqs/queue/list.yaml", text)]).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn finding(case: &Case) -> Finding {
        let failure = Failure {
            title: "it failed".to_owned(),
            pointer: case.pointer.clone(),
            differences: Vec::new(),
            exchange: None,
            witness: Vec::new(),
        };
        match case.name.as_str() {
            "b" => Finding::Broken(Box::new(failure)),
            "d" => Finding::CouldNotRun { reason: "connection refused".to_owned(), unreachable: true },
            "e" => panic!("a bug"),
            _ => Finding::Held,
        }
    }

    fn recorded(suite: &Suite, jobs: usize, fail_fast: bool, stop: &Stop) -> Recorded {
        let run_case = |case: &Case| found_nothing(case, finding(case));
        repeated(suite, jobs, 0, fail_fast, stop, &run_case)
    }

    fn repeated(
        suite: &Suite,
        jobs: usize,
        retries: u32,
        fail_fast: bool,
        stop: &Stop,
        run_case: &(dyn Fn(&Case) -> CaseRun + Sync),
    ) -> Recorded {
        let cases: Vec<_> = suite.cases().collect();
        let header = RunHeader {
            target: "none".to_owned(),
            seed: 0,
            profile: None,
            cases: cases.len(),
            durations: Durations::Virtual,
            certify: false,
        };
        let plan = Plan { header, cases, judge: Judge::default(), jobs, retries, fail_fast };
        let mut recorder = Recorder::default();
        run(&plan, stop, run_case, &mut |event| recorder.hear(event));
        recorder.finish().unwrap()
    }

    fn verdicts(run: &Recorded) -> Vec<Verdict> {
        run.results.iter().map(|result| result.verdict).collect()
    }

    #[test]
    fn each_case_is_told_once_whatever_the_number_of_jobs() {
        for jobs in [1, 2, 8] {
            let run = recorded(&suite(3), jobs, false, &Stop::default());
            assert_eq!(verdicts(&run), [Verdict::Passed, Verdict::Failed, Verdict::Passed]);
            assert_eq!(run.end.stopped, None);
        }
    }

    #[test]
    fn first_failure_ends_the_run_when_asked_to() {
        let run = recorded(&suite(3), 1, true, &Stop::default());
        // The worker may have taken the next case before the failure was judged.
        assert_eq!(verdicts(&run)[..2], [Verdict::Passed, Verdict::Failed]);
        assert_eq!(run.end.stopped, Some(Stopped::FailFast));
    }

    #[test]
    fn unreachable_target_ends_the_run_and_is_told_for_every_case_left() {
        let run = recorded(&suite(6), 1, false, &Stop::default());
        assert_eq!(verdicts(&run)[3..], [Verdict::CouldNotRun; 3]);
        assert_eq!(run.end.stopped, Some(Stopped::Unreachable));
    }

    #[test]
    fn interrupted_run_starts_nothing_and_tells_every_case() {
        let stop = Stop::default();
        stop.ask(Stopped::Interrupted);
        let run = recorded(&suite(3), 2, false, &stop);
        assert_eq!(verdicts(&run), [Verdict::Skipped; 3]);
        assert_eq!(run.end.stopped, Some(Stopped::Interrupted));
    }

    fn tried(retries: u32, fails_before: u32) -> (Verdict, u32) {
        let tries = std::sync::atomic::AtomicU32::new(0);
        let run_case = |case: &Case| {
            let broken = case.name == "b" && tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < fails_before;
            found_nothing(case, if broken { finding(case) } else { Finding::Held })
        };
        let run = repeated(&suite(3), 2, retries, false, &Stop::default(), &run_case);
        assert_eq!([run.results[0].tries, run.results[2].tries], [1, 1]);
        (run.results[1].verdict, run.results[1].tries)
    }

    #[test]
    fn case_that_holds_when_repeated_is_flaky() {
        assert_eq!(tried(0, 1), (Verdict::Failed, 1));
        assert_eq!(tried(2, 0), (Verdict::Passed, 1));
        assert_eq!(tried(2, 1), (Verdict::Flaky, 2));
        assert_eq!(tried(2, 2), (Verdict::Flaky, 3));
        assert_eq!(tried(2, 3), (Verdict::Failed, 3));
    }

    #[test]
    fn panic_costs_one_case() {
        let suite = suite(5);
        let case = suite.cases().last().unwrap();
        let found = run_caught(case, &|case| found_nothing(case, finding(case)));
        let reason = "the runner panicked, which is a bug of its own: a bug".to_owned();
        assert_eq!(found.finding, Finding::CouldNotRun { reason, unreachable: false });
    }
}
