//! Order within message groups, kept and broken.

use serde_json::json;

use super::Samples;
use crate::Invariant::{DeliveryOrder, EffectOrder, GroupExclusive, GroupOrder, LinearizableFifo, SequenceMonotone};
use crate::story::Story;

fn sent(story: &mut Story) -> &mut Story {
    story.send("a", Some("g"), Some("1")).send("b", Some("g"), Some("2")).send("c", Some("h"), Some("3"))
}

/// Deliveries and effects.
pub(super) fn add(samples: &mut Samples) {
    samples.fifo_holds(GroupOrder, "groups-are-independent", |story, _| {
        sent(story).receive(1, &["c"]).receive(2, &["a"]).delete(2, "a").receive(2, &["b"]);
    });
    samples.fifo_broken(GroupOrder, "later-message-first", |story, _| {
        sent(story).receive(1, &["b"]).delete(1, "b").receive(1, &["a"]);
    });
    samples.fifo_broken(GroupOrder, "group-is-not-locked", |story, _| {
        sent(story).receive(1, &["a"]).receive(2, &["b"]);
    });
    samples.fifo_holds(EffectOrder, "in-order-with-a-gap-for-a-dead-letter", |story, _| {
        sent(story).consume(1, "c").receive(1, &["a"]).wait(1_000).receive(1, &["a"]).wait(1_000).consume(1, "b");
        story.receive_dead(2, &["a"]).effect(2, "a", 1);
    });
    samples.fifo_holds(EffectOrder, "sends-at-the-same-time-have-no-order", |story, _| {
        story.send("a", Some("g"), Some("1")).by(8).send("b", Some("g"), Some("2")).by(9).overlapping();
        story.consume(1, "b").consume(1, "a");
    });
    samples.fifo_broken(EffectOrder, "later-effect-first", |story, _| {
        sent(story).receive(1, &["a", "b"]).effect(1, "b", 1).effect(1, "a", 1);
    });
    samples.fifo_broken(EffectOrder, "gap", |story, _| {
        sent(story).receive(1, &["a"]).delete(1, "a").consume(1, "b");
    });
    samples.fifo_broken(EffectOrder, "later-entry-of-a-batch-first", |story, _| {
        let entry =
            |id: &str| json!({ "Id": id, "MessageBody": id, "MessageGroupId": "g", "MessageDeduplicationId": id });
        let input = json!({ "QueueUrl": crate::story::FIFO_QUEUE, "Entries": [entry("a"), entry("b")] });
        let result = |id: &str| json!({ "Id": id, "MessageId": format!("id-{id}") });
        story.call(0, "sqs:SendMessageBatch", input, json!({ "Successful": [result("a"), result("b")] }));
        story.receive(1, &["a", "b"]).effect(1, "b", 1).effect(1, "a", 1);
    });
    samples.fifo_holds(GroupExclusive, "free-after-deletion-or-timeout", |story, _| {
        sent(story)
            .receive(1, &["a", "b"])
            .receive(2, &["c"])
            .change(1, "a")
            .receive(2, &["a"])
            .wait(2_000)
            .receive(1, &["a"]);
    });
    samples.fifo_broken(GroupExclusive, "two-consumers-in-one-group", |story, _| {
        sent(story).receive(1, &["a"]).receive(2, &["b"]);
    });
    samples.fifo_broken(GroupExclusive, "renewed-lease-still-locks", |story, _| {
        sent(story).receive(1, &["a"]).extend(1, "a", 10).wait(5_000).receive(2, &["b"]);
    });
    samples.fifo_holds(LinearizableFifo, "one-queue-for-each-group", |story, _| {
        sent(story)
            .receive(1, &["c"])
            .receive(1, &["a"])
            .delete(1, "a")
            .send("d", Some("g"), Some("4"))
            .lost()
            .receive(1, &["b"]);
        story.delete(1, "b").receive(1, &["d"]).attribute("MessageGroupId", "g");
    });
    samples.fifo_broken(LinearizableFifo, "overtaken", |story, _| {
        sent(story).receive(1, &["b"]).receive(2, &["a"]);
    });
    samples.fifo_broken(LinearizableFifo, "never-comes-out", |story, _| {
        sent(story).receive(1, &["b"]);
    });
    samples.fifo_broken(LinearizableFifo, "out-before-in", |story, _| {
        story.receive(1, &["a"]).send("a", Some("g"), Some("1"));
    });
}

/// Sequence numbers.
pub(super) fn add_of_numbers(samples: &mut Samples) {
    let number = "SequenceNumber";
    samples.fifo_holds(SequenceMonotone, "numbers-grow-and-duplicates-keep-theirs", |story, _| {
        story
            .send("a", Some("g"), Some("1"))
            .with(number, json!("9"))
            .send("b", Some("g"), Some("2"))
            .with(number, json!("10"));
        story
            .send("a", Some("g"), Some("1"))
            .with(number, json!("9"))
            .send("c", Some("h"), Some("3"))
            .with(number, json!("1"));
    });
    samples.fifo_broken(SequenceMonotone, "number-falls", |story, _| {
        story
            .send("a", Some("g"), Some("1"))
            .with(number, json!("10"))
            .send("b", Some("g"), Some("2"))
            .with(number, json!("9"));
    });
    samples.fifo_holds(DeliveryOrder, "numbers-grow-and-redeliveries-do-not-count", |story, _| {
        sent(story).receive(1, &["a", "b"]).with("Messages", messages(&[("a", "9"), ("b", "10")])).wait(1_000);
        story.receive(1, &["a"]).attribute(number, "9");
    });
    samples.fifo_broken(DeliveryOrder, "greater-number-first", |story, _| {
        sent(story).receive(1, &["b"]).attribute(number, "10").receive(1, &["a"]).attribute(number, "9");
    });
    samples.fifo_broken(DeliveryOrder, "greater-number-first-in-one-answer", |story, _| {
        sent(story).receive(1, &["b", "a"]).with("Messages", messages(&[("b", "10"), ("a", "9")]));
    });
}

/// Messages of an answer, each with its number.
fn messages(all: &[(&str, &str)]) -> serde_json::Value {
    let message = |(body, number): &(&str, &str)| {
        let attributes = json!({ "SequenceNumber": number, "MessageGroupId": "g" });
        json!({ "MessageId": format!("id-{body}"), "ReceiptHandle": format!("h-{body}"), "Body": body, "Attributes": attributes })
    };
    all.iter().map(message).collect()
}
