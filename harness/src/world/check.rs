//! What must hold at the end of a run.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, PoisonError};

use redeliver_check::{Expectation, Invariant, Record, Scene, Verdict, What, check_these};
use serde_json::Value;

use super::queue::Queue;
use super::run::Run;

/// What must hold at the end of a run. Each part is checked at once; what is broken is told when the run is over.
#[derive(Debug, Clone)]
pub struct Check {
    run: Arc<Run>,
}

impl Check {
    pub(crate) fn new(run: Arc<Run>) -> Self {
        Self { run }
    }

    /// The invariants of every queue of this run: nothing lost, nothing invented; on FIFO queues order within groups and deliveries
    /// exactly once within the window; dead-lettered exactly when received too often. Of its topics: every subscription gets what it wants
    /// and nothing else, groups of FIFO topics in one order; webhooks are tried as their delivery policy says, and given up no earlier. Of its
    /// streams: every record is read that was accepted, each from its place on, none twice or out of order in one chain of iterators; numbers
    /// grow; checkpoints never go back, and old owners of a lease write none.
    #[expect(clippy::return_self_not_must_use, reason = "it has checked already; the rest of the chain is optional")]
    pub fn contract(self) -> Self {
        // Faults of sends and puts put messages of their own into the queue or stream, which no producer of the history has sent.
        let is_put = |call: &str| ["sqs:SendMessage", "kinesis:PutRecord"].iter().any(|put| call.starts_with(put));
        let history = self.run.log.snapshot();
        let invents =
            history.iter().any(|record| matches!(&record.what, What::Fault { call: Some(call), .. } if is_put(call)));
        let has_streams =
            history.iter().any(|record| record.what.call().is_some_and(|call| call.starts_with("kinesis:")));
        let of_streams = OF_STREAMS.into_iter().filter(|_| has_streams);
        let told = |invariant: &Invariant| !(invents && *invariant == Invariant::NoInvention);
        // Some of these are about FIFO queues, dead letters, topics or streams: where there are none, there is nothing to say.
        let _ = self.judge(&CONTRACT.into_iter().chain(of_streams).filter(told).collect::<Vec<_>>());
        self
    }

    /// One invariant, for the queues of this run that it is about. Where the run without faults does not tell what it needs, the outcome of
    /// the test is [`Outcome::Unknown`](crate::test::Outcome::Unknown): handlers, for example, are known from
    /// [`Effects::handling`](super::Effects::handling) alone.
    #[expect(clippy::return_self_not_must_use, reason = "it has checked already; the rest of the chain is optional")]
    pub fn invariant(self, invariant: Invariant) -> Self {
        for (invariant, verdict) in self.judge(&[invariant]) {
            if let Verdict::Unknown { needs } = verdict {
                self.run.leaves_unjudged(invariant.name(), &needs);
            }
        }
        self
    }

    fn judge(&self, invariants: &[Invariant]) -> Vec<(Invariant, Verdict)> {
        let expectation = Expectation {
            queues: self.run.queues().iter().map(scene).collect(),
            tells_effects: !self.run.effects.snapshot().is_empty(),
            ..Expectation::default()
        };
        let verdicts = check_these(invariants, &self.run.log.snapshot(), &expectation);
        for (invariant, verdict) in &verdicts {
            if let Verdict::Broken { witness } = verdict {
                self.run.broke(invariant.name(), None, witness.clone());
            }
        }
        verdicts
    }

    /// Every business key had its effect exactly once, as told to [`Effects::record`](super::Effects::record): those of the calm run,
    /// and no other.
    #[expect(clippy::return_self_not_must_use, reason = "it has checked already; the rest of the chain is optional")]
    pub fn effect_once(self) -> Self {
        let effects = self.run.effects.snapshot();
        for (key, values) in effects.iter().filter(|(_, values)| values.len() != 1) {
            let witness = vec![format!("`{key}` had its effect {} times, allowed is 1", values.len())];
            self.run.broke("effect-once", Some(key.clone()), witness);
        }
        let lost = self.against_calm(&effects);
        // A message that went to a dead-letter queue is not lost: somebody will look at it.
        if lost.len() > dead_lettered(&self.run.log.snapshot()) {
            for key in lost {
                self.run.broke("effect-lost", Some(key.clone()), vec![format!("`{key}` never had its effect")]);
            }
        }
        self
    }

    /// Keys that had an effect in the calm run and have none in this one.
    fn against_calm(&self, effects: &BTreeMap<String, Vec<Value>>) -> Vec<String> {
        let mut baseline = self.run.baseline.lock().unwrap_or_else(PoisonError::into_inner);
        if baseline.calm {
            baseline.effects = Some(effects.clone());
        }
        let calm = baseline.effects.iter().flat_map(BTreeMap::keys);
        calm.filter(|key| !effects.contains_key(*key)).cloned().collect()
    }

    /// What `snapshot` gives is what it gave in the run without faults: the state of the outside world is the oracle.
    #[expect(clippy::return_self_not_must_use, reason = "it has checked already; the rest of the chain is optional")]
    pub fn same_effects<T: PartialEq + Debug + Send + 'static>(self, snapshot: impl FnOnce() -> T) -> Self {
        let (nth, now) = (self.run.snapshot(), snapshot());
        let mut baseline = self.run.baseline.lock().unwrap_or_else(PoisonError::into_inner);
        if baseline.calm {
            baseline.snapshots.push(Box::new(now));
        } else if let Some(calm) = baseline.snapshots.get(nth).and_then(|calm| calm.downcast_ref::<T>())
            && *calm != now
        {
            let (key, witness) = difference(&format!("{calm:#?}"), &format!("{now:#?}"));
            self.run.broke("same-effects", key, witness);
        }
        drop(baseline);
        self
    }
}

/// What queues, topics and streams promise, and what comes of it when its consumer does as it should. An invariant that is not about a queue says so itself.
const CONTRACT: [Invariant; 10] = [
    Invariant::AtLeastOnce,
    Invariant::NoInvention,
    Invariant::GroupOrder,
    Invariant::ExactlyOnceInWindow,
    Invariant::DeadLetterAfterN,
    Invariant::FanOutComplete,
    Invariant::FilteredNeverDelivered,
    Invariant::FifoOrderEqual,
    Invariant::RetrySchedule,
    Invariant::DeadLetterAfterLastAttempt,
];

/// What streams promise besides, and tables of leases. `PutDuplicate` is not among them: a producer that was killed puts again what it does
/// not know to be accepted.
const OF_STREAMS: [Invariant; 6] = [
    Invariant::SequenceMonotone,
    Invariant::RecordIdentity,
    Invariant::PollSkip,
    Invariant::NonmonotonicPoll,
    Invariant::PrefixLostWrite,
    Invariant::CheckpointFenced,
];

fn scene(queue: &Queue) -> Scene {
    Scene {
        queue: queue.url.clone(),
        dead_letter: queue.dead_letter.as_ref().map(|(dead, _)| dead.url.clone()),
        visibility_ms: u64::try_from(queue.visibility.as_millis()).unwrap_or(u64::MAX),
        max_receive_count: queue.dead_letter.as_ref().map(|(_, receives)| *receives),
        deduplication_per_group: queue.deduplication_per_group,
        topics: Vec::new(),
    }
}

fn dead_lettered(history: &[Record]) -> usize {
    history.iter().filter(|record| matches!(&record.what, What::Event { name, .. } if name == "dead-lettered")).count()
}

/// The first lines that differ, and the last quoted text before them, which in most snapshots is a key.
fn difference(calm: &str, now: &str) -> (Option<String>, Vec<String>) {
    let same = calm.lines().zip(now.lines()).take_while(|(calm, now)| calm == now).count();
    let line = |text: &str| text.lines().nth(same).map_or("nothing", str::trim).to_owned();
    let quoted = |text: &str| text.split('"').nth(1).map(str::to_owned);
    let key = calm.lines().take(same).collect::<Vec<_>>().into_iter().rev().find_map(quoted);
    let key = quoted(now.lines().nth(same).unwrap_or_default()).or(key);
    (key, vec![format!("with faults: {}", line(now)), format!("without:     {}", line(calm))])
}
