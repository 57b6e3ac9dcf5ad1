//! Every message whose send was acknowledged was received.

use std::collections::BTreeSet;

use crate::traffic::Traffic;
use crate::{Scene, Verdict};

/// Needs a history that goes on until the queue and its dead-letter queue were drained.
pub(super) fn check(traffic: &Traffic, scene: &Scene) -> Verdict {
    if traffic.emptied.contains(&scene.queue) {
        return Verdict::unknown("a history in which the queue is neither purged nor deleted");
    }
    let received: BTreeSet<&str> = traffic.deliveries.iter().map(|delivery| delivery.message_id.as_str()).collect();
    // A duplicate send is answered for by the message that it repeats, whatever id the backend gave it.
    let mut answered_for = BTreeSet::new();
    for sent in &traffic.sent {
        if let (Some(deduplication), Some(id)) = (&sent.deduplication, &sent.message_id)
            && received.contains(id.as_str())
        {
            answered_for.insert((deduplication, scene.deduplication_per_group.then_some(&sent.group)));
        }
    }
    let lost = traffic.sent.iter().filter(|sent| {
        let by_id = sent.message_id.as_ref().is_none_or(|id| received.contains(id.as_str()));
        let key = |deduplication| (deduplication, scene.deduplication_per_group.then_some(&sent.group));
        !by_id && !sent.deduplication.as_ref().is_some_and(|deduplication| answered_for.contains(&key(deduplication)))
    });
    let witness = lost.map(|sent| {
        let id = sent.message_id.as_deref().unwrap_or_default();
        format!("message {id} `{}` was accepted at {} ms and never received", sent.body, sent.span.end_ms)
    });
    Verdict::from_witness(witness.collect())
}

#[cfg(test)]
mod tests {
    use crate::Invariant::AtLeastOnce;
    use crate::story::{SCENE, Story};
    use crate::{Verdict, What};

    #[test]
    fn received_messages_are_not_lost_wherever_they_were_received() {
        let mut story = Story::new();
        story.send("a", None, None).send("b", None, None).receive(1, &["a"]).receive_dead(1, &["b"]);
        assert_eq!(AtLeastOnce.check(story.records(), &SCENE()), Verdict::Holds);
    }

    #[test]
    fn acknowledged_message_that_never_comes_is_lost() {
        let mut story = Story::new();
        story.send("a", None, None).send("b", None, None).receive(1, &["a"]);
        let witness = vec!["message id-b `b` was accepted at 2 ms and never received".to_owned()];
        assert_eq!(AtLeastOnce.check(story.records(), &SCENE()), Verdict::Broken { witness });
    }

    #[test]
    fn send_without_an_answer_may_be_lost() {
        let mut story = Story::new();
        story.send("a", None, None);
        let call = "sqs:SendMessage".to_owned();
        story.answer_last(What::Info { call, reason: "reset".to_owned() });
        assert_eq!(AtLeastOnce.check(story.records(), &SCENE()), Verdict::Holds);
    }

    #[test]
    fn duplicate_send_is_answered_for_by_the_original() {
        let mut story = Story::new();
        story.send("a", Some("g"), Some("d")).send_as("a", Some("g"), Some("d"), "id-other").receive(1, &["a"]);
        assert_eq!(AtLeastOnce.check(story.records(), &SCENE()), Verdict::Holds);
        story.send_as("a", Some("g"), Some("e"), "id-third");
        assert!(matches!(AtLeastOnce.check(story.records(), &SCENE()), Verdict::Broken { .. }));
    }

    #[test]
    fn nothing_can_be_said_of_a_purged_queue() {
        let mut story = Story::new();
        story.send("a", None, None).purge();
        assert!(matches!(AtLeastOnce.check(story.records(), &SCENE()), Verdict::Unknown { .. }));
    }
}
