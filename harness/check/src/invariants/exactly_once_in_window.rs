//! No message was delivered twice while it was hidden, after its deletion, or through a duplicate send.

use std::collections::{BTreeMap, BTreeSet};

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Delivery, How, Outcome, Queue};

/// Milliseconds within which a deduplication id counts.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html>
pub(super) const WINDOW_MS: u64 = 300_000;

/// Counts only what is certain: calls take effect somewhere between their two ends, so a breach must hold for every such point.
///
/// Leases that the chaos ended early (S11) and sends that it held back (S27) are no breach; copies are, on a FIFO queue.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S11"]);
    let mut deleted = vec![false; traffic.messages.len()];
    let mut witness = Vec::new();
    for (_, first) in queue.deliveries() {
        let Some(again) = queue.next(first) else { continue };
        if first.attempt.is_some() && first.attempt == again.attempt {
            continue;
        }
        deleted[first.message] |= traffic
            .handled_of(first)
            .any(|one| one.how == How::Deleted && one.outcome == Outcome::Done && one.span.before(&again.span));
        if deleted[first.message] && !mutated("exactly-once-in-window: deletions are forgotten") {
            witness.push(twice(queue, first, again, "after it was deleted"));
        } else if first.span.before(&again.span)
            // Of two receives that overlap, the one that was answered later may have been the first.
            && traffic.certain_lease(first, queue.scene).hides(again.span.end, again.span.end_ms)
            && !excuse.covers(traffic, first.message, again.span.end)
        {
            witness.push(twice(queue, first, again, "while the first delivery hid it"));
        }
    }
    witness.extend(delivered_duplicates(queue));
    Verdict::from_witness(witness)
}

/// Two deliveries of one message in words.
pub(super) fn twice(queue: Queue<'_, '_>, first: &Delivery<'_>, again: &Delivery<'_>, when: &str) -> String {
    format!(
        "{} was delivered to consumer {} at {} ms and to consumer {} at {} ms, {when}",
        queue.shown(first.message),
        first.process,
        first.span.end_ms,
        again.process,
        again.span.end_ms,
    )
}

/// Sends with one deduplication id, all begun within five minutes of the first: at most one message may be delivered.
fn delivered_duplicates(queue: Queue<'_, '_>) -> Vec<String> {
    let traffic = queue.traffic;
    let excuse = traffic.excuse(&["S27"]);
    let (sends, count) = queue.deduplicated();
    // When the first send with each id began, and the message that was delivered for it.
    let mut begins: Vec<u64> = vec![u64::MAX; count];
    for (number, sent) in sends.iter().filter(|(_, sent)| sent.outcome != Outcome::Refused) {
        begins[*number] = begins[*number].min(sent.span.begin_ms);
    }
    let mut delivered: Vec<Option<usize>> = vec![None; count];
    let mut several: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (number, sent) in sends.iter().filter(|(_, sent)| sent.outcome != Outcome::Refused) {
        let Some(message) = sent.message.filter(|_| sent.span.end_ms < begins[*number] + WINDOW_MS) else { continue };
        if traffic.messages[message].first.is_none() || excuse.covers(traffic, message, traffic.end.0) {
            continue;
        }
        let first = *delivered[*number].get_or_insert(message);
        if first != message {
            several.entry(*number).or_default().extend([traffic.ids.text(first), traffic.ids.text(message)]);
        }
    }
    let ids = sends.iter().filter_map(|(number, sent)| Some((*number, sent.deduplication?)));
    let mut witness = Vec::new();
    for (number, id) in ids {
        if let Some(messages) = several.remove(&number) {
            let (id, messages) = (traffic.deduplications.text(id), messages.into_iter().collect::<Vec<_>>().join(", "));
            witness.push(format!("deduplication id `{id}` was delivered as messages {messages}"));
        }
    }
    witness
}

#[cfg(test)]
mod tests {
    use crate::Invariant::ExactlyOnceInWindow;
    use crate::Verdict;
    use crate::story::{SCENE, Story};

    fn broken(story: &Story) -> Vec<String> {
        match ExactlyOnceInWindow.check(story.records(), &SCENE()) {
            Verdict::Broken { witness } => witness,
            Verdict::Holds => Vec::new(),
            Verdict::Unknown { needs } => panic!("{needs}"),
        }
    }

    #[test]
    fn message_may_come_back_after_its_timeout_or_its_release() {
        let mut story = Story::new();
        story.send("a", Some("g"), Some("d")).receive(1, &["a"]).wait(1_000).receive(2, &["a"]);
        story.change(2, "a").receive(1, &["a"]);
        assert_eq!(broken(&story), Vec::<String>::new());
    }

    #[test]
    fn message_must_not_come_back_while_it_is_hidden() {
        let mut story = Story::new();
        story.send("a", Some("g"), Some("d")).receive(1, &["a"]).wait(900).receive(2, &["a"]);
        let expected = "message id-a `a` was delivered to consumer 1 at 2 ms and to consumer 2 at 903 ms, while the \
                        first delivery hid it";
        assert_eq!(broken(&story), [expected]);
    }

    #[test]
    fn deleted_message_must_not_come_back_at_all() {
        let mut story = Story::new();
        story.send("a", Some("g"), Some("d")).receive(1, &["a"]).delete(1, "a").wait(5_000).receive(2, &["a"]);
        assert_eq!(broken(&story).len(), 1);
    }

    #[test]
    fn only_one_of_two_sends_with_one_id_may_be_delivered_within_five_minutes() {
        let mut story = Story::new();
        story.send("a", Some("g"), Some("d")).wait(299_000).send_as("a", Some("h"), Some("d"), "id-b");
        story.receive(1, &["a"]).receive(1, &["b"]);
        assert_eq!(broken(&story), ["deduplication id `d` was delivered as messages id-a, id-b"]);
        let mut per_group = SCENE();
        per_group.deduplication_per_group = true;
        assert_eq!(ExactlyOnceInWindow.check(story.records(), &per_group), Verdict::Holds);
        let mut late = Story::new();
        late.send("a", Some("g"), Some("d")).wait(300_000).send_as("a", Some("g"), Some("d"), "id-b");
        late.receive(1, &["a"]).receive(1, &["b"]);
        assert_eq!(broken(&late), Vec::<String>::new());
    }
}
