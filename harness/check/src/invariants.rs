//! The checkers, one file for each invariant.

mod ack_after_effect;
mod at_least_once;
mod batch_accounting;
mod checkpoint_after_effect;
mod checkpoint_fenced;
mod dead_letter_after_last_attempt;
mod dead_letter_after_n;
mod deduplication_window;
mod delivery_order;
mod drained;
mod effect_once;
mod effect_order;
mod exactly_once_in_window;
mod fan_out_complete;
mod fifo_order_equal;
mod filtered_never_delivered;
mod group_exclusive;
mod group_order;
mod key_order_across_reshard;
mod lease_containment;
mod linearizable_fifo;
mod no_innocent_dead_letter;
mod no_invention;
mod no_loss;
mod no_overlap;
mod no_phantom;
mod nonmonotonic_poll;
mod of_streams;
mod parent_before_child;
mod pointer_integrity;
mod poison_isolated;
mod poll_skip;
mod prefix_lost_write;
mod put_duplicate;
mod receive_count;
mod record_identity;
mod recovered;
mod retry_discipline;
mod retry_schedule;
mod same_effects;
mod sequence_monotone;
mod stale_handle;
mod visibility_exact;

use crate::traffic::{Queue, Traffic};
use crate::{Expectation, Invariant, KeyRule, Record, Scene, Subject, Verdict};

/// What every invariant says of a history. Reads the history once; takes about as many steps as it has records.
pub fn check_all(history: &[Record], expectation: &Expectation) -> Vec<(Invariant, Verdict)> {
    check_these(&Invariant::ALL, history, expectation)
}

/// What these invariants say of a history, which is read once.
pub fn check_these(
    invariants: &[Invariant],
    history: &[Record],
    expectation: &Expectation,
) -> Vec<(Invariant, Verdict)> {
    let traffic = Traffic::of(history, &expectation.key);
    invariants.iter().map(|invariant| (*invariant, judge(*invariant, &traffic, expectation))).collect()
}

impl Invariant {
    /// Checks a history of the queue in `scene`, which went on until the queue was drained.
    pub fn check(self, history: &[Record], scene: &Scene) -> Verdict {
        let expectation = Expectation::new(scene.clone());
        let traffic = Traffic::of(history, &KeyRule::Usual);
        self.of_run(&traffic, &expectation).unwrap_or_else(|| self.of_queue(Queue::new(&traffic, &expectation, scene)))
    }

    /// Checks a history of a run that promises more.
    pub fn check_run(self, history: &[Record], expectation: &Expectation) -> Verdict {
        judge(self, &Traffic::of(history, &expectation.key), expectation)
    }

    /// Whether it says something of this queue.
    fn is_about(self, scene: &Scene) -> bool {
        match self {
            Self::ExactlyOnceInWindow
            | Self::GroupOrder
            | Self::DeliveryOrder
            | Self::EffectOrder
            | Self::GroupExclusive
            | Self::LinearizableFifo
            | Self::DeduplicationWindow
            | Self::SequenceMonotone => scene.is_fifo(),
            Self::DeadLetterAfterN | Self::NoInnocentDeadLetter => scene.dead_letter.is_some(),
            _ => true,
        }
    }

    /// What it says of one queue. A backend is not accused of what a change of its settings or contents may explain.
    fn of_queue(self, queue: Queue<'_, '_>) -> Verdict {
        match self.of_calm_queue(queue) {
            Verdict::Broken { .. } if queue.traffic.disturbed && self.subject() == Subject::Backend => {
                Verdict::unknown(
                    "a history in which no settings are changed, no messages moved, and no queue is purged or deleted",
                )
            }
            verdict => verdict,
        }
    }

    /// What it says of one queue whose settings nobody changed.
    fn of_calm_queue(self, queue: Queue<'_, '_>) -> Verdict {
        match self {
            Self::AtLeastOnce => at_least_once::check(queue),
            Self::ExactlyOnceInWindow => exactly_once_in_window::check(queue),
            Self::GroupOrder => group_order::check(queue),
            Self::DeadLetterAfterN => dead_letter_after_n::check(queue),
            Self::NoInvention => no_invention::check(queue),
            Self::NoLoss => no_loss::check(queue),
            Self::Recovered => recovered::check(queue),
            Self::AckAfterEffect => ack_after_effect::check(queue),
            Self::LeaseContainment => lease_containment::check(queue),
            Self::DeliveryOrder => delivery_order::check(queue),
            Self::EffectOrder => effect_order::check(queue),
            Self::GroupExclusive => group_exclusive::check(queue),
            Self::LinearizableFifo => linearizable_fifo::check(queue),
            Self::DeduplicationWindow => deduplication_window::check(queue),
            Self::VisibilityExact => visibility_exact::check(queue),
            Self::ReceiveCount => receive_count::check(queue),
            Self::NoInnocentDeadLetter => no_innocent_dead_letter::check(queue),
            Self::PoisonIsolated => poison_isolated::check(queue),
            Self::SequenceMonotone => sequence_monotone::check(queue),
            Self::Drained => drained::check(queue),
            _ => Verdict::unknown("the run as a whole"),
        }
    }

    /// What it says of a run as a whole; `None` when it is about one queue.
    fn of_run(self, traffic: &Traffic<'_>, expectation: &Expectation) -> Option<Verdict> {
        let verdict = match self {
            Self::EffectOnce => effect_once::check(traffic, expectation),
            Self::NoPhantom => no_phantom::check(traffic, expectation),
            Self::SameEffects => same_effects::check(traffic, expectation),
            Self::NoOverlap => no_overlap::check(traffic, expectation),
            Self::RecordIdentity => record_identity::check(traffic, expectation),
            Self::BatchAccounting => batch_accounting::check(traffic, expectation),
            Self::StaleHandle => stale_handle::check(traffic, expectation),
            Self::PointerIntegrity => pointer_integrity::check(traffic, expectation),
            Self::RetryDiscipline => retry_discipline::check(traffic, expectation),
            Self::FanOutComplete => fan_out_complete::check(traffic, expectation),
            Self::FilteredNeverDelivered => filtered_never_delivered::check(traffic, expectation),
            Self::FifoOrderEqual => fifo_order_equal::check(traffic, expectation),
            Self::RetrySchedule => retry_schedule::check(traffic, expectation),
            Self::DeadLetterAfterLastAttempt => dead_letter_after_last_attempt::check(traffic, expectation),
            Self::CheckpointAfterEffect => checkpoint_after_effect::check(traffic, expectation),
            Self::CheckpointFenced => checkpoint_fenced::check(traffic, expectation),
            Self::PrefixLostWrite => prefix_lost_write::check(traffic, expectation),
            Self::PollSkip => poll_skip::check(traffic, expectation),
            Self::NonmonotonicPoll => nonmonotonic_poll::check(traffic, expectation),
            Self::PutDuplicate => put_duplicate::check(traffic, expectation),
            Self::ParentBeforeChild => parent_before_child::check(traffic, expectation),
            Self::KeyOrderAcrossReshard => key_order_across_reshard::check(traffic, expectation),
            _ => return None,
        };
        Some(verdict)
    }
}

impl Invariant {
    /// What it says of the streams of a run; `None` when there are none, or it is about queues.
    fn of_streams(self, traffic: &Traffic<'_>, expectation: &Expectation) -> Option<Verdict> {
        if traffic.streams().are_none() {
            return None;
        }
        let verdict = match self {
            Self::AtLeastOnce => of_streams::at_least_once(traffic, expectation),
            Self::NoInvention => of_streams::no_invention(traffic),
            Self::NoLoss => of_streams::no_loss(traffic, expectation),
            Self::Recovered => of_streams::recovered(traffic),
            Self::PoisonIsolated => of_streams::poison_isolated(traffic, expectation),
            Self::SequenceMonotone => of_streams::sequence_monotone(traffic),
            Self::Drained => of_streams::drained(traffic, expectation),
            _ => return None,
        };
        Some(verdict)
    }
}

/// One verdict for all queues and streams: broken if it is for one, unknown if it is for one, and only then that it holds.
fn judge(invariant: Invariant, traffic: &Traffic<'_>, expectation: &Expectation) -> Verdict {
    if let Some(verdict) = invariant.of_run(traffic, expectation) {
        return verdict;
    }
    let (mut witness, mut unknown, mut holds) = (Vec::new(), None, false);
    let scenes = expectation.queues.iter().filter(|scene| invariant.is_about(scene));
    let of_queues = scenes.map(|scene| invariant.of_queue(Queue::new(traffic, expectation, scene)));
    for verdict in of_queues.chain(invariant.of_streams(traffic, expectation)) {
        match verdict {
            Verdict::Holds => holds = true,
            Verdict::Broken { witness: more } => witness.extend(more),
            Verdict::Unknown { needs } => unknown = Some(needs),
        }
    }
    match (witness.is_empty(), unknown, holds) {
        (false, ..) => Verdict::Broken { witness },
        (true, Some(needs), _) => Verdict::Unknown { needs },
        (true, None, true) => Verdict::Holds,
        (true, None, false) => {
            Verdict::unknown("a queue that it is about, FIFO or with a dead-letter queue, or a stream")
        }
    }
}
