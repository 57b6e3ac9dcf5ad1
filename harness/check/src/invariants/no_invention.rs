//! Nothing was received that had not been sent, and bodies are unchanged.

use std::collections::BTreeSet;

use crate::Verdict;
use crate::mutation::mutated;
use crate::traffic::{Outcome, Queue};

/// Needs all sends to the queue.
pub(super) fn check(queue: Queue<'_, '_>) -> Verdict {
    let traffic = queue.traffic;
    let lost = traffic.sent.iter().filter(|sent| sent.outcome == Outcome::Unknown);
    let mut unanswered: BTreeSet<&str> = lost.map(|sent| sent.body).collect();
    // A fault may have sent what was sent once more, or told of a failure that was none: such a message has an id that nobody knows.
    if traffic.faults.iter().any(|fault| fault.call.is_some_and(|call| call.contains("SendMessage"))) {
        unanswered.extend(traffic.sent.iter().map(|sent| sent.body));
    }
    let arrivals = &traffic.topics().arrivals;
    let mut witness = Vec::new();
    let ours = |number| Some(number) == queue.number || Some(number) == queue.dead_letter;
    for delivery in traffic.deliveries.iter().filter(|delivery| ours(delivery.queue)) {
        let (id, at, body) = (traffic.ids.text(delivery.message), delivery.span.end_ms, delivery.body);
        match traffic.messages[delivery.message].sent.map(|sent| traffic.sent[sent].body) {
            Some(sent) if sent == body || mutated("no-invention: any body will do") => {}
            Some(sent) => {
                witness.push(format!("message {id} was sent as `{sent}` and received at {at} ms as `{body}`"));
            }
            // What a topic sent, its own invariants are about.
            None if arrivals.explain(delivery) => {}
            None if unanswered.contains(body) || traffic.messages[delivery.message].accepted => {}
            // A queue without sends is one whose sends the history does not have.
            None if queue.attempts().next().is_none() => return Verdict::unknown("the sends to the queue"),
            None => witness.push(format!("message {id} `{body}` was received at {at} ms and never sent")),
        }
    }
    Verdict::from_witness(witness)
}

#[cfg(test)]
mod tests {
    use crate::Invariant::NoInvention;
    use crate::story::{SCENE, Story};
    use crate::{Verdict, What};

    #[test]
    fn what_was_sent_may_be_received_many_times() {
        let mut story = Story::new();
        story.send("a", None, None).receive(1, &["a"]).receive(2, &["a"]);
        assert_eq!(NoInvention.check(story.records(), &SCENE()), Verdict::Holds);
    }

    #[test]
    fn unknown_message_and_changed_body_are_inventions() {
        let mut story = Story::new();
        story.send_as("a", None, None, "id-b").receive(1, &["b", "c"]);
        let witness = vec![
            "message id-b was sent as `a` and received at 2 ms as `b`".to_owned(),
            "message id-c `c` was received at 2 ms and never sent".to_owned(),
        ];
        assert_eq!(NoInvention.check(story.records(), &SCENE()), Verdict::Broken { witness });
    }

    #[test]
    fn message_of_an_unanswered_send_may_arrive() {
        let mut story = Story::new();
        story.send("a", None, None);
        let call = "sqs:SendMessage".to_owned();
        story.answer_last(What::Info { call, reason: "reset".to_owned() }).receive(1, &["a"]);
        assert_eq!(NoInvention.check(story.records(), &SCENE()), Verdict::Holds);
    }

    #[test]
    fn message_of_a_topic_was_not_sent_to_its_queue() {
        let mut story = Story::new();
        story.subscribe("queue", &serde_json::json!({ "RawMessageDelivery": "true" })).publish("a", "red");
        story.send("b", None, None).raw_notices(1, "queue", &["a"]).receive(1, &["b"]);
        assert_eq!(NoInvention.check(story.records(), &SCENE()), Verdict::Holds);
    }
}
