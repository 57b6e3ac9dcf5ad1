//! To Lambda functions.

use redeliver_core::sns::{Attempted, Destination};

use crate::hub::{Hub, envelope};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

#[test]
fn function_gets_an_event_with_one_record() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let subscription = hub.subscribe(&topic, "lambda", FUNCTION, &[]);
    hub.publish(&topic, "m");
    let attempt = hub.attempts.remove(0);
    assert_eq!(attempt.post.to, Destination::Function(FUNCTION.to_owned()));
    let event = envelope(&attempt.post.body);
    let record = &event["Records"][0];
    assert_eq!((&record["EventSubscriptionArn"], &record["Sns"]["Message"]), (&subscription.into(), &"m".into()));
    hub.end_attempt(attempt.delivery, Attempted::Answered(202));
    assert!(hub.wakes_at().is_none() && hub.dropped().is_empty());
}

#[test]
fn function_that_never_answers_is_tried_for_23_days_and_then_the_message_goes_to_the_dead_letter_queue() {
    let mut hub = Hub::new();
    let topic = hub.topic("t", &[]);
    let dead = hub.open_queue("dead", &topic);
    hub.set_queue(&dead, "MessageRetentionPeriod", "1209600");
    hub.subscribe(&topic, "lambda", FUNCTION, &[("RedrivePolicy", &format!(r#"{{"deadLetterTargetArn":"{dead}"}}"#))]);
    hub.publish(&topic, "m");
    let times = hub.run(|_| Attempted::Answered(500));
    assert_eq!(times.len(), 1 + 100_015);
    assert_eq!(times[..6], [0, 0, 0, 0, 1_000, 2_000]);
    assert_eq!(times.last().unwrap() / 86_400_000, 23);
    assert_eq!(hub.messages(&dead), ["m"], "as a queue would have got it");
}
