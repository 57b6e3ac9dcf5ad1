//! No message was delivered twice while it was hidden, after its deletion, or through a duplicate send.

use std::collections::{BTreeMap, BTreeSet};

use crate::traffic::{Delivery, Handled, How, Traffic};
use crate::{Scene, Verdict};

/// Milliseconds within which a deduplication id counts.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html>
const WINDOW_MS: u64 = 300_000;

/// Counts only what is certain: calls take effect somewhere between their two ends, so a breach must hold for every such point.
pub(super) fn check(traffic: &Traffic, scene: &Scene) -> Verdict {
    let mut handled: BTreeMap<&str, Vec<&Handled>> = BTreeMap::new();
    for one in &traffic.handled {
        handled.entry(&one.handle).or_default().push(one);
    }
    let mut earlier: BTreeMap<(&str, &str), &Delivery> = BTreeMap::new();
    let mut deleted: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut witness = Vec::new();
    for delivery in traffic.deliveries.iter().filter(|delivery| delivery.queue == scene.queue) {
        let key = (delivery.queue.as_str(), delivery.message_id.as_str());
        if let Some(first) = earlier.insert(key, delivery) {
            let what = handled.get(first.handle.as_str()).map_or(&[][..], Vec::as_slice);
            let was_deleted =
                what.iter().any(|one| one.how == How::Deleted && one.acknowledged && one.span.before(&delivery.span));
            if was_deleted || deleted.contains(&key) {
                deleted.insert(key);
                witness.push(twice(first, delivery, "after it was deleted"));
            } else if delivery.span.end_ms < first.span.begin_ms + scene.visibility_ms
                && !what.iter().any(|one| one.how == How::Changed && one.span.begin < delivery.span.end)
            {
                witness.push(twice(first, delivery, "while the first delivery hid it"));
            }
        }
    }
    witness.extend(delivered_duplicates(traffic, scene));
    Verdict::from_witness(witness)
}

fn twice(first: &Delivery, again: &Delivery, when: &str) -> String {
    format!(
        "message {} `{}` was delivered to consumer {} at {} ms and to consumer {} at {} ms, {when}",
        first.message_id, first.body, first.process, first.span.end_ms, again.process, again.span.end_ms,
    )
}

/// Sends with one deduplication id, all begun within five minutes of the first: at most one message may be delivered.
fn delivered_duplicates(traffic: &Traffic, scene: &Scene) -> Vec<String> {
    let received: BTreeSet<&str> = traffic.deliveries.iter().map(|delivery| delivery.message_id.as_str()).collect();
    let mut sends: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for sent in &traffic.sent {
        if let Some(deduplication) = &sent.deduplication {
            let group = scene.deduplication_per_group.then_some(&sent.group);
            sends.entry((deduplication, group)).or_default().push(sent);
        }
    }
    let mut witness = Vec::new();
    for ((deduplication, _), sends) in sends {
        let Some(begin_ms) = sends.iter().map(|sent| sent.span.begin_ms).min() else { continue };
        let within = sends.iter().filter(|sent| sent.span.end_ms < begin_ms + WINDOW_MS);
        let delivered: BTreeSet<_> =
            within.filter_map(|sent| sent.message_id.as_deref()).filter(|id| received.contains(id)).collect();
        if delivered.len() > 1 {
            let ids: Vec<_> = delivered.into_iter().collect();
            witness.push(format!("deduplication id `{deduplication}` was delivered as messages {}", ids.join(", ")));
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
