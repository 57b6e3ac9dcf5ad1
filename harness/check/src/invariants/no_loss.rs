//! Every message whose send or publish was acknowledged had its effect.

mod published;

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Excuse, How, Outcome, Queue};

/// Needs effects, and a history that goes on until the queue was drained. Messages that were published to a topic whose subscription the
/// history shows, or that the scene names, count as sent.
///
/// Messages that expired or were purged by the chaos (S37, S38), swallowed as duplicates (S28), dead-lettered, or put aside by
/// their handler on purpose are not lost; nor are those that the chaos kept from reaching the queue (N2 to N4, N7, N8, N13).
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    if queue.lacks_effects() {
        return Verdict::unknown("effects of the consumer");
    }
    if queue.emptied() {
        return Verdict::unknown("a history in which the queue is neither purged nor deleted");
    }
    let repeated = queue.repeated();
    let mut losses = Losses::new(queue);
    for (message, sent) in queue.first_sends() {
        let swallowed = || queue.traffic.messages[message].first.is_none() && repeated(sent);
        if !swallowed() {
            losses.add(Loss { message: Some(message), shown: queue.shown(message), at_ms: sent.span.end_ms });
        }
    }
    if !mutated("no-loss: what is published does not count") {
        published::add(queue, &mut losses);
    }
    losses.verdict()
}

/// A message that was accepted and may be lost.
struct Loss {
    /// Its number; `None` when nothing was received that it became.
    message: Option<usize>,
    /// The message in words.
    shown: String,
    /// When it was accepted.
    at_ms: u64,
}

/// What is lost so far.
struct Losses<'t, 'a> {
    queue: Queue<'t, 'a>,
    excuse: Excuse,
    put_aside: Vec<bool>,
    witness: Vec<String>,
    /// Whether a message may be in a dead-letter queue that nobody looked into.
    unseen: bool,
}

impl<'t, 'a> Losses<'t, 'a> {
    fn new(queue: Queue<'t, 'a>) -> Self {
        let excuse = queue.traffic.excuse(&["S28", "S37", "S38"]);
        Self { queue, excuse, put_aside: queue.put_aside(), witness: Vec::new(), unseen: false }
    }

    /// Adds the message, unless it had its effect or an excuse.
    fn add(&mut self, loss: Loss) {
        let (queue, traffic) = (self.queue, self.queue.traffic);
        let excused = |message: usize| {
            let gone = traffic.messages[message].expired || queue.dead_lettered(message) || self.put_aside[message];
            gone || queue.poisonous(message) || self.excuse.covers(traffic, message, traffic.end.0)
        };
        let fine = |message: usize| queue.effect(message).is_some() || excused(message);
        if loss.message.is_some_and(fine) || mutated("no-loss: nothing is lost") {
            return;
        }
        // Nothing was read from the dead-letter queue: the message may be there.
        if queue.scene.dead_letter.is_some()
            && !queue.shows_dead_letters()
            && loss.message.is_none_or(|message| !deleted(queue, message))
        {
            self.unseen = true;
            return;
        }
        let Loss { message, shown, at_ms } = loss;
        let fate = message.map_or_else(|| NEVER.to_owned(), |message| fate(queue, message));
        self.witness.push(format!("{shown} was accepted at {at_ms} ms and had no effect{fate}"));
    }

    fn verdict(self) -> Verdict {
        if !self.witness.is_empty() && !self.queue.expectation.drained {
            return Verdict::unknown("a history that goes on until the queue was drained");
        }
        if self.witness.is_empty() && self.unseen {
            return Verdict::unknown("reads of the dead-letter queue, or what the backend tells");
        }
        Verdict::from_witness(self.witness)
    }
}

fn deleted(queue: Queue<'_, '_>, message: usize) -> bool {
    let mut handled = queue.deliveries_of(message).flat_map(|delivery| queue.traffic.handled_of(delivery));
    handled.any(|one| one.how == How::Deleted && one.outcome != Outcome::Refused)
}

const NEVER: &str = "; it was never received";

/// What became of a message, to be added to a line.
fn fate(queue: Queue<'_, '_>, message: usize) -> String {
    let Some(last) = queue.deliveries_of(message).last() else { return NEVER.to_owned() };
    let mut handled = queue.traffic.handled_of(last);
    let deletion = handled.find(|one| one.how == How::Deleted && one.outcome != Outcome::Refused);
    let deletion = deletion.map_or(String::new(), |one| format!(" and deleted at {} ms", one.span.begin_ms));
    format!("; consumer {} received it at {} ms{deletion}", last.process, last.span.end_ms)
}
