//! When the run of a stream's consumers is over: everything that was put is read and checkpointed, and nothing happens any more.

use std::sync::Arc;

use super::drain::{Outside, TICK, millis, owed};
use super::life::Worker;
use super::reading::Reading;
use super::run::Run;
use super::stream::Stream;

/// When nothing has happened for so long the run is over, whatever the workers do.
const QUIET_MS: u64 = 60_000;

/// For so long nothing must have happened, even if every worker has asked in vain since: one of several shards tells nothing of the others.
const SETTLED_MS: u64 = 5_000;

/// Time that passes at once in a fault, as when records are trimmed: nobody could do anything meanwhile.
const LEAP_MS: u64 = 10_000;

/// When nothing comes any nearer to the end for so long, there are no more faults: somebody waits for their end.
const STANDSTILL_MS: u64 = 60_000;

/// Consumers of streams ask at short intervals: when nothing comes any nearer to the end in this part of the patience that there is, two
/// minutes by default, nothing ever will.
const PART_OF_PATIENCE: u32 = 30;

/// Waits until everything in the stream is read. Breaks a property when that does not happen.
pub(crate) async fn read(run: &Run, stream: &Stream, workers: &[Arc<Worker>]) {
    let begin = run.log.now_ms();
    let (mut reading, mut outside) = (Reading::new(stream), Outside::default());
    let (mut before, mut changed_at, mut healed_at) = (u64::MAX, begin, None);
    let (mut looked_at, mut leapt_at) = (begin, begin);
    loop {
        let now = run.log.now_ms();
        if now > looked_at + LEAP_MS {
            leapt_at = now;
        }
        looked_at = now;
        let left = reading.left(run) + owed(run);
        if left != before {
            (before, changed_at) = (left, now);
        }
        let since = reading.happened_at().max(leapt_at);
        let is_settled = now >= since + SETTLED_MS && !run.leases().has_orphan(now.saturating_sub(SETTLED_MS));
        let is_idle = || workers.iter().all(|worker| worker.is_idle_since(since));
        // Workers that take a lease from each other for ever have nothing to read.
        let is_quiet = now >= since + QUIET_MS || now >= changed_at + 2 * QUIET_MS;
        let is_stalled = || workers.iter().any(|worker| worker.is_stalled(now, SETTLED_MS));
        if left == 0 && (is_quiet || is_settled && is_idle()) && !is_stalled() {
            return;
        }
        if run.is_exhausted() {
            let calls = run.setup.most_calls;
            let witness = vec![
                format!("{calls} calls were made and {left} records are left"),
                "a consumer asks again and again without getting anywhere; `Test::most_calls` allows more".to_owned(),
            ];
            return run.broke("live-lock", None, witness);
        }
        if healed_at.is_none() && (now >= begin + millis(run.setup.heal_after) || now >= changed_at + STANDSTILL_MS) {
            run.faults.heal();
            healed_at = Some(now);
        }
        let patience = millis(run.setup.patience / PART_OF_PATIENCE);
        // With nothing left it ends by itself, at the latest when a worker that stands still has gone on.
        if let Some(healed) = healed_at
            && left > 0
            && now >= healed.max(changed_at) + patience
        {
            let (name, patience) = (&stream.name, patience / 1_000);
            let witness = format!(
                "{left} records of `{name}` are not read, or are not checkpointed, {patience} s after anything was done, or after the last fault"
            );
            return run.broke("drained", None, vec![witness]);
        }
        outside.look(run, workers);
        run.clock().advance(TICK).await;
    }
}
