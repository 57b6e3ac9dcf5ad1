//! When a run is over: its queues are empty, and every worker has seen it.

use std::sync::Arc;
use std::time::Duration;

use super::life::Worker;
use super::queue::Queue;
use super::run::Run;

/// How often is looked.
const TICK: Duration = Duration::from_secs(1);

/// A queue that was empty for so long is drained, whatever the workers do.
const QUIET_MS: u64 = 60_000;

/// Waits until the queues are empty and every worker has asked for messages in vain since. Breaks a property when that does not happen.
pub(crate) async fn drained(run: &Run, queues: &[Queue], workers: &[Arc<Worker>]) {
    let begin = run.log.now_ms();
    let healed = begin + millis(run.setup.heal_after);
    let mut empty_since = None;
    loop {
        let now = run.log.now_ms();
        let left = left(run, queues);
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
        }
        if now >= healed + millis(run.setup.patience) {
            return run.broke("drained", None, stuck(run, left, workers));
        }
        run.clock().advance(TICK).await;
    }
}

/// Messages that are in the queues, in whatever state.
fn left(run: &Run, queues: &[Queue]) -> u64 {
    let held = run.harness.queues();
    let ours = held.iter().filter(|view| queues.iter().any(|queue| queue.arn == *view.arn));
    ours.map(|view| view.counters.visible + view.counters.in_flight + view.counters.delayed).sum()
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

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX / 4)
}
