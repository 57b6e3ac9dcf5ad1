//! When a run is over: its queues are empty, and every worker has seen it.

use std::sync::Arc;
use std::time::Duration;

use super::life::Worker;
use super::queue::Queue;
use super::run::Run;

/// How often is looked.
pub(super) const TICK: Duration = Duration::from_secs(1);

/// A queue that was empty for so long is drained, whatever the workers do.
const QUIET_MS: u64 = 60_000;

/// Waits until the queues are empty and every worker has asked for messages in vain since. Breaks a property when that does not happen.
pub(crate) async fn drained(run: &Run, queues: &[Queue], workers: &[Arc<Worker>]) {
    let begin = run.log.now_ms();
    let healed = begin + millis(run.setup.heal_after);
    let mut empty_since = None;
    let mut outside = Outside::default();
    loop {
        let now = run.log.now_ms();
        let left = left(run, queues) + owed(run) + under_way(run);
        if left > 0 {
            empty_since = None;
        } else {
            let since = *empty_since.get_or_insert(now);
            if now >= since + QUIET_MS || workers.iter().all(|worker| worker.is_idle_since(since)) {
                return;
            }
        }
        if run.is_exhausted() {
            let calls = run.setup.most_calls;
            let witness = vec![
                format!("{calls} calls were made and {left} messages are left"),
                "a consumer asks again and again without getting anywhere; `Test::most_calls` allows more".to_owned(),
            ];
            return run.broke("live-lock", None, witness);
        }
        if now >= healed {
            run.faults.heal();
            run.harness.hasten();
        }
        if now >= healed + millis(run.setup.patience) {
            return run.broke("drained", None, stuck(run, left, workers));
        }
        outside.look(run, workers);
        run.clock().advance(TICK).await;
    }
}

/// Waits until so much virtual time has passed.
pub(crate) async fn passed(run: &Run, duration: Duration, workers: &[Arc<Worker>]) {
    let mut outside = Outside::default();
    let mut left = duration;
    // Days are looked at less closely than minutes.
    let tick = TICK.max(duration / 2_000);
    while !left.is_zero() {
        outside.look(run, workers);
        let next = left.min(tick);
        run.clock().advance(next).await;
        left -= next;
    }
}

/// Gives what is outside of the run the time to show itself. Virtual time runs ahead while a worker waits for another thread, and the run
/// could be over before it answers; so the calm run waits now and then for workers that make no call and have not been polled for a while.
#[derive(Debug, Default)]
pub(super) struct Outside {
    polls: Vec<u64>,
    looks: u32,
}

/// How often is waited in a run, each time for a millisecond of real time.
const LOOKS: u32 = 20;

impl Outside {
    pub(super) fn look(&mut self, run: &Run, workers: &[Arc<Worker>]) {
        if self.looks == LOOKS || !run.is_calm() || run.setup.real_time.is_some() {
            return;
        }
        let polls: Vec<_> = workers.iter().map(|worker| worker.polls()).collect();
        let stands = |(worker, (now, before)): (&Arc<Worker>, (&u64, &u64))| now == before && !worker.is_calling();
        if workers.iter().zip(polls.iter().zip(&self.polls)).any(stands) {
            self.looks += 1;
            std::thread::park_timeout(Duration::from_millis(1));
        }
        self.polls = polls;
    }
}

/// Messages that are in the queues, in whatever state.
fn left(run: &Run, queues: &[Queue]) -> u64 {
    let held = run.harness.queues();
    let ours = held.iter().filter(|view| queues.iter().any(|queue| queue.arn == *view.arn));
    ours.map(|view| view.counters.visible + view.counters.in_flight + view.counters.delayed).sum()
}

/// Messages that chaos withholds.
pub(super) fn owed(run: &Run) -> u64 {
    u64::try_from(run.faults.owed()).expect("a run has not so many messages")
}

/// Messages that topics have not delivered yet.
fn under_way(run: &Run) -> u64 {
    u64::try_from(run.harness.under_way()).expect("a run has not so many messages")
}

fn stuck(run: &Run, left: u64, workers: &[Arc<Worker>]) -> Vec<String> {
    let patience = run.setup.patience.as_secs();
    let mut witness = vec![format!("{left} messages are still in the queue {patience} s after the last fault")];
    for worker in workers.iter().filter(|worker| !worker.is_calling()) {
        let name = &worker.name;
        witness.push(format!(
            "{name} makes no call: it waits for a timer of its own, or for something outside of the run"
        ));
    }
    witness
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX / 4)
}
