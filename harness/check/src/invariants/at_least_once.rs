//! Every message whose send was acknowledged was received.

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::Queue;

/// Needs a history that goes on until the queue and its dead-letter queue were drained.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    if queue.emptied() {
        return Verdict::unknown("a history in which the queue is neither purged nor deleted");
    }
    let received = |message: usize| traffic.messages[message].first.is_some();
    // A duplicate send is answered for by the message that it repeats, whatever id the backend gave it.
    let repeated = queue.repeated();
    // Retention and a purge by the chaos may take what was accepted.
    let excuse = traffic.excuse(&["S37", "S38"]);
    let lost = queue.sent().filter(|(message, sent)| {
        let duplicate = || repeated(sent);
        let gone = traffic.messages[*message].expired || excuse.covers(traffic, *message, traffic.end.0);
        !received(*message) && !duplicate() && !gone && !mutated("at-least-once: nothing is lost")
    });
    let witness: Vec<_> = lost
        .map(|(message, sent)| {
            format!("{} was accepted at {} ms and never received", queue.shown(message), sent.span.end_ms)
        })
        .collect();
    if !witness.is_empty() && !queue.expectation.drained {
        return Verdict::unknown("a history that goes on until the queue was drained");
    }
    Verdict::from_witness(witness)
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
