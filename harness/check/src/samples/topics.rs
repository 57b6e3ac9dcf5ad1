//! Fan-out: what reaches which subscription, in which order, and what consumers lose of it.

use serde_json::json;

use super::Samples;
use crate::Invariant::{FanOutComplete, FifoOrderEqual, FilteredNeverDelivered, NoLoss};

const RED: &str = r#"{"kind":["red"]}"#;
const BLUE: &str = r#"{"kind":["blue"]}"#;

/// Every subscription gets what it wants.
pub(super) fn add(samples: &mut Samples) {
    samples.holds(FanOutComplete, "each-queue-gets-what-it-wants", |story, _| {
        story
            .subscribe("queue", &json!({}))
            .subscribe("other", &json!({ "FilterPolicy": RED }))
            .publish("a", "red")
            .publish("b", "blue")
            .publish("c", "red")
            .lost()
            .notices(1, "queue", &["a", "b"])
            .notices(2, "other", &["a"]);
    });
    samples.holds(FanOutComplete, "without-envelopes-by-their-bodies", |story, _| {
        story.subscribe("queue", &json!({ "RawMessageDelivery": "true" })).publish("a", "red").publish("b", "blue");
        story.raw_notices(1, "queue", &["a"]).raw_notices(1, "queue", &["b"]);
    });
    samples.holds(FanOutComplete, "a-queue-that-lets-nothing-in-proves-nothing", |story, _| {
        story.subscribe("queue", &json!({})).subscribe("closed", &json!({})).publish("a", "red").notices(
            1,
            "queue",
            &["a"],
        );
    });
    samples.holds(FanOutComplete, "dropped-by-the-chaos", |story, _| {
        story.subscribe("queue", &json!({})).publish("a", "red").publish("b", "red");
        story.fault(0, "N4", "dropped-delivery", Some("b")).notices(1, "queue", &["a"]);
    });
    samples.holds(FanOutComplete, "backend-accounts-for-all", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({})).told_subscribed(
            "sqs",
            "other",
            &json!({ "FilterPolicy": RED }),
        );
        story.told_of(
            "subscribed",
            "late",
            json!({ "protocol": "sqs", "endpoint": "arn:aws:sqs:us-east-1:000000000000:late" }),
        );
        story.publish("a", "blue").told_enqueued("a", "queue").told_to("filtered", "a", "other", json!({}));
        story.publish("b", "red").told_enqueued("b", "other");
        story.told_to("delayed", "b", "queue", json!({ "until-ms": 60_000 }));
        story.publish("c", "blue").told_to("dropped", "c", "queue", json!({ "why": "no policy" }));
        story.told_to("filtered", "c", "other", json!({}));
    });
    samples.holds(FanOutComplete, "what-waits-ends-with-its-subscription", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({})).publish("a", "red");
        story.told_to("delayed", "a", "queue", json!({ "until-ms": 10 })).told_of("unsubscribed", "queue", json!({}));
        story.wait(100).publish("b", "red");
    });
    samples.broken(FanOutComplete, "late-message-never-comes", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({})).publish("a", "red");
        story.told_to("delayed", "a", "queue", json!({ "until-ms": 10 }));
        story.wait(100).publish("b", "red").told_enqueued("b", "queue");
    });
    samples.broken(FanOutComplete, "one-queue-misses-a-message", |story, _| {
        story.subscribe("queue", &json!({})).subscribe("other", &json!({})).publish("a", "red").publish("b", "red");
        story.notices(1, "queue", &["a", "b"]).notices(2, "other", &["b"]);
    });
    samples.broken(FanOutComplete, "backend-forgets-a-subscription", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({})).told_subscribed("sqs", "other", &json!({}));
        story.publish("a", "red").told_enqueued("a", "queue");
    });
    samples.broken(FanOutComplete, "backend-keeps-back-what-its-policy-matches", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({ "FilterPolicy": RED }));
        story.publish("a", "red").told_to("filtered", "a", "queue", json!({}));
    });
}

/// No subscription gets what it does not want.
pub(super) fn add_of_filters(samples: &mut Samples) {
    samples.holds(FilteredNeverDelivered, "only-what-matches-comes", |story, _| {
        story.subscribe("queue", &json!({ "FilterPolicy": RED })).publish("a", "red").publish("b", "blue").notices(
            1,
            "queue",
            &["a"],
        );
    });
    samples.holds(FilteredNeverDelivered, "either-policy-for-15-minutes", |story, _| {
        story.subscribe("queue", &json!({ "FilterPolicy": RED })).set("queue", "FilterPolicy", BLUE);
        story.wait(14 * 60_000).publish("a", "red").notices(1, "queue", &["a"]);
    });
    samples.holds(FilteredNeverDelivered, "old-policy-by-the-chaos", |story, _| {
        story.subscribe("queue", &json!({ "FilterPolicy": RED })).publish("a", "blue");
        story.fault(0, "N7", "stale-filter", Some("a")).notices(1, "queue", &["a"]);
    });
    samples.broken(FilteredNeverDelivered, "comes-in-an-envelope", |story, _| {
        story.subscribe("queue", &json!({ "FilterPolicy": RED })).publish("a", "blue").notices(1, "queue", &["a"]);
    });
    samples.broken(FilteredNeverDelivered, "comes-by-its-body-scope", |story, _| {
        let policy = json!({ "FilterPolicy": r#"{"size":[{"numeric":[">",5]}]}"#, "FilterPolicyScope": "MessageBody" });
        story.subscribe("queue", &policy).publish(r#"{"size":3}"#, "red").notices(1, "queue", &[r#"{"size":3}"#]);
    });
    samples.broken(FilteredNeverDelivered, "comes-without-an-envelope", |story, _| {
        let attributes = json!({ "FilterPolicy": RED, "RawMessageDelivery": "true" });
        story.subscribe("queue", &attributes).publish("a", "blue").raw_notices(1, "queue", &["a"]);
    });
    samples.broken(FilteredNeverDelivered, "old-policy-after-15-minutes", |story, _| {
        story.subscribe("queue", &json!({ "FilterPolicy": RED })).set("queue", "FilterPolicy", BLUE);
        story.wait(16 * 60_000).publish("a", "red").notices(1, "queue", &["a"]);
    });
    samples.broken(FilteredNeverDelivered, "backend-lets-it-out", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({ "FilterPolicy": RED }));
        story.publish("a", "blue").told_enqueued("a", "queue");
    });
}

/// Message groups of FIFO topics.
pub(super) fn add_of_groups(samples: &mut Samples) {
    samples.fifo_holds(FifoOrderEqual, "every-queue-in-one-order", |story, _| {
        story.subscribe("queue.fifo", &json!({})).subscribe("other.fifo", &json!({ "RawMessageDelivery": "true" }));
        story.publish_numbered("a", 1).publish_numbered("b", 2).publish_numbered("c", 3);
        story.notices(1, "queue.fifo", &["a"]).notices(1, "queue.fifo", &["a", "b", "c"]);
        story.raw_notices(2, "other.fifo", &["a", "b", "c"]);
    });
    samples.fifo_holds(FifoOrderEqual, "a-standard-queue-keeps-no-order", |story, _| {
        story.subscribe("queue", &json!({})).publish_numbered("a", 1).publish_numbered("b", 2);
        story.notices(1, "queue", &["b"]).notices(1, "queue", &["a"]);
    });
    samples.fifo_holds(FifoOrderEqual, "shuffled-by-the-chaos", |story, _| {
        story.subscribe("queue.fifo", &json!({})).publish_numbered("a", 1).publish_numbered("b", 2);
        story.fault(0, "N2", "fan-out-disorder", Some("g"));
        story.notices(1, "queue.fifo", &["b"]).notices(1, "queue.fifo", &["a"]);
    });
    samples.fifo_broken(FifoOrderEqual, "one-queue-in-another-order", |story, _| {
        story.subscribe("queue.fifo", &json!({})).subscribe("other.fifo", &json!({ "RawMessageDelivery": "true" }));
        story.publish_numbered("a", 1).publish_numbered("b", 2).notices(1, "queue.fifo", &["a", "b"]);
        story.raw_notices(2, "other.fifo", &["b"]).raw_notices(2, "other.fifo", &["a"]);
    });
    samples.fifo_broken(FifoOrderEqual, "another-order-in-one-answer", |story, _| {
        story.subscribe("queue.fifo", &json!({})).publish_numbered("a", 1).publish_numbered("b", 2);
        story.notices(1, "queue.fifo", &["b", "a"]);
    });
    samples.fifo_broken(FifoOrderEqual, "numbers-fall", |story, _| {
        story.publish_numbered("a", 2).publish_numbered("b", 1);
    });
    samples.fifo_broken(FifoOrderEqual, "backend-puts-them-in-another-order", |story, _| {
        story.told_subscribed("sqs", "queue.fifo", &json!({})).publish_numbered("a", 1).publish_numbered("b", 2);
        story.told_enqueued("b", "queue.fifo").told_enqueued("a", "queue.fifo");
    });
}

/// What consumers of queues behind topics lose.
pub(super) fn add_of_losses(samples: &mut Samples) {
    samples.holds(NoLoss, "published-and-had-its-effect", |story, _| {
        story.subscribe("queue", &json!({})).publish("a", "red").notices(1, "queue", &["a"]).effect(1, "a", 1);
        story.delete(1, "a").publish("b", "red").fault(0, "N4", "dropped-delivery", Some("b")).receive_dead(2, &[]);
    });
    samples.holds(NoLoss, "published-and-kept-back", |story, _| {
        story.told_subscribed("sqs", "queue", &json!({ "FilterPolicy": RED }));
        story.publish("a", "red").told_enqueued("a", "queue").notices(1, "queue", &["a"]).effect(1, "a", 1);
        story.delete(1, "a").publish("b", "blue").told_to("filtered", "b", "queue", json!({}));
        story.publish("c", "red").told_to("delayed", "c", "queue", json!({ "until-ms": 60_000 })).receive_dead(2, &[]);
    });
    samples.broken(NoLoss, "published-and-deleted-before-the-effect", |story, expectation| {
        expectation.tells_effects = true;
        story.subscribe("queue", &json!({})).publish("a", "red").notices(1, "queue", &["a"]).delete(1, "a");
        story.crash(1).restart(1).receive_dead(2, &[]);
    });
    samples.broken(NoLoss, "published-without-an-envelope-and-deleted-before-the-effect", |story, expectation| {
        expectation.tells_effects = true;
        story.subscribe("queue", &json!({ "RawMessageDelivery": "true" })).publish("a", "red");
        story.raw_notices(1, "queue", &["a"]).delete(1, "a").crash(1).restart(1).receive_dead(2, &[]);
    });
    samples.broken(NoLoss, "published-told-to-be-there-and-never-received", |story, expectation| {
        expectation.tells_effects = true;
        story.told_subscribed("sqs", "queue", &json!({})).publish("a", "red").told_enqueued("a", "queue");
        story.receive(1, &[]).receive_dead(2, &[]);
    });
    samples.broken(NoLoss, "published-to-a-topic-that-the-scene-names", |story, expectation| {
        expectation.tells_effects = true;
        expectation.queues[0].topics.push("arn:aws:sns:us-east-1:000000000000:topic".to_owned());
        story.publish("a", "red").receive(1, &[]).receive_dead(2, &[]);
    });
}
