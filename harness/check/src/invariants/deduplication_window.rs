//! Sends with one deduplication id within five minutes become one message, later ones another.

use super::exactly_once_in_window::WINDOW_MS;
use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Outcome, Queue};

/// The send that a window began with, as far as it is known: it took effect between two milliseconds.
struct Original {
    from_ms: u64,
    to_ms: u64,
    /// `None` while no answer told it.
    message: Option<usize>,
}

/// Needs deduplication ids. Windows are told apart only where the answers leave no doubt; rewritten ids (S28) are excused.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S28"]);
    let window_ms = if mutated("deduplication-window: a second short") { WINDOW_MS - 1_000 } else { WINDOW_MS };
    let (sends, count) = queue.deduplicated();
    let mut originals: Vec<Option<Original>> = Vec::new();
    originals.resize_with(count, || None);
    let mut witness = Vec::new();
    for (number, sent) in sends.into_iter().filter(|(_, sent)| sent.outcome != Outcome::Refused) {
        let (from_ms, to_ms) = (sent.span.begin_ms, sent.span.end_ms);
        let new = Original { from_ms, to_ms, message: sent.message };
        let Some(original) = &mut originals[number] else {
            originals[number] = Some(new);
            continue;
        };
        let (Some(first), Some(this)) = (original.message, sent.message) else {
            // Which of the two began the window is not known.
            let message = original.message.or(sent.message);
            *original = Original { from_ms: original.from_ms.min(from_ms), to_ms: original.to_ms.max(to_ms), message };
            continue;
        };
        let within = to_ms.saturating_sub(original.from_ms) <= window_ms;
        let beyond = from_ms.saturating_sub(original.to_ms) > window_ms;
        let told = |word: &str| {
            let id = sent.deduplication.map_or("", |id| traffic.deduplications.text(id));
            let (first, this, at) = (traffic.ids.text(first), traffic.ids.text(this), original.from_ms);
            format!("deduplication id `{id}`, sent at {at} and at {from_ms} ms, became {word}: {first} and {this}")
        };
        if excuse.covers(traffic, this, traffic.end.0) {
        } else if within && first != this {
            witness.push(told("two messages"));
        } else if beyond && first == this {
            witness.push(told("one message"));
        }
        if first != this {
            *original = new;
        }
    }
    if count == 0 { Verdict::unknown("sends with deduplication ids") } else { Verdict::from_witness(witness) }
}
