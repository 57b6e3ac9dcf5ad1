//! Visibility timeouts and receipt handles.

use redeliver_core::Limits;
use redeliver_core::sqs::Error;
use redeliver_model::sqs::ReceiveMessageRequest;

use crate::account::{Account, attribute, receive};

#[test]
fn received_message_is_hidden_and_comes_back_with_another_handle() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "5")]);
    aws.send(&url, "m");
    let first = aws.receive(&url).remove(0);
    aws.wait(4_999);
    assert_eq!(aws.bodies(&url), [""; 0]);
    aws.wait(1);
    let second = aws.receive(&url).remove(0);
    assert_eq!((first.message_id.clone(), first.body), (second.message_id.clone(), second.body.clone()));
    assert_ne!(first.receipt_handle, second.receipt_handle);
    let counts = |message| attribute(message, "ApproximateReceiveCount").unwrap();
    assert_eq!(counts(&second), "2");
}

#[test]
fn timeout_of_a_receive_is_not_remembered() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "5")]);
    aws.send(&url, "m");
    let short = ReceiveMessageRequest { visibility_timeout: Some(1), ..receive(&url) };
    assert_eq!(aws.try_receive(short).unwrap().len(), 1);
    aws.wait(1_000);
    assert_eq!(aws.receive(&url).len(), 1);
    aws.wait(4_999);
    assert_eq!(aws.receive(&url).len(), 0);
}

#[test]
fn receive_without_hiding_counts_and_returns_each_message_once() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "0")]);
    aws.send(&url, "m");
    let counts: Vec<String> = (0..3)
        .flat_map(|_| aws.receive(&url))
        .map(|message| attribute(&message, "ApproximateReceiveCount").unwrap())
        .collect();
    assert_eq!(counts, ["1", "2", "3"]);
}

#[test]
fn older_handle_ends_a_later_receive_and_deletes_on_a_standard_queue() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    aws.send(&url, "m");
    let old =
        aws.try_receive(ReceiveMessageRequest { visibility_timeout: Some(0), ..receive(&url) }).unwrap().remove(0);
    assert_eq!(aws.receive(&url).len(), 1);
    aws.hide(&url, &old, 0).unwrap();
    assert_eq!(aws.receive(&url).len(), 1);
    aws.delete(&url, &old).unwrap();
    aws.delete(&url, &old).unwrap();
    assert_eq!(aws.counts(&url), [0, 0, 0]);
}

#[test]
fn visible_message_can_be_hidden_again_on_a_standard_queue() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "1")]);
    aws.send(&url, "m");
    let message = aws.receive(&url).remove(0);
    aws.wait(1_000);
    aws.hide(&url, &message, 10).unwrap();
    assert_eq!(aws.counts(&url), [0, 1, 0]);
}

#[test]
fn deleted_message_has_no_visibility_to_change() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    aws.send(&url, "m");
    let message = aws.receive(&url).remove(0);
    aws.delete(&url, &message).unwrap();
    let handle = message.receipt_handle.clone().unwrap();
    assert_eq!(
        aws.hide(&url, &message, 10).unwrap_err().to_string(),
        format!(
            "Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change."
        )
    );
}

#[test]
fn handles_of_other_queues_and_other_texts_are_refused() {
    let mut aws = Account::new();
    let [one, other] = ["one", "other"].map(|name| aws.queue(name, &[]));
    aws.send(&one, "m");
    let message = aws.receive(&one).remove(0);
    let handle = message.receipt_handle.clone().unwrap();
    assert_eq!(aws.delete(&other, &message), Err(Error::ReceiptHandleIsInvalid { handle }));
    let garbage = redeliver_model::sqs::Message { receipt_handle: Some("garbage".to_owned()), ..Default::default() };
    assert_eq!(
        aws.delete(&one, &garbage).unwrap_err().to_string(),
        "The input receipt handle \"garbage\" is not a valid receipt handle."
    );
}

#[test]
fn extension_beyond_twelve_hours_since_the_receive_is_refused() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "43200")]);
    aws.send(&url, "m");
    let message = aws.receive(&url).remove(0);
    aws.wait(1_000);
    assert_eq!(
        aws.hide(&url, &message, 43_200).unwrap_err().to_string(),
        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]"
    );
    aws.hide(&url, &message, 43_199).unwrap();
}

#[test]
fn too_many_messages_in_flight_refuse_short_polls_of_standard_queues_only() {
    let limits = Limits { in_flight_standard: 2, in_flight_fifo: 2, ..Limits::default() };
    let mut aws = Account::with(limits, redeliver_core::Calm);
    let [standard, fifo] = ["q", "q.fifo"].map(|name| aws.queue(name, &[]));
    for body in ["1", "2", "3"] {
        aws.send(&standard, body);
        aws.send_to(&fifo, body, body);
    }
    assert_eq!(
        (aws.bodies(&standard), aws.bodies(&fifo)),
        (vec!["1".into(), "2".into()], vec!["1".into(), "2".into()])
    );
    assert!(matches!(aws.try_receive(receive(&standard)), Err(Error::OverLimit { .. })));
    assert_eq!(aws.bodies(&fifo), [""; 0]);
    aws.poll(&standard, 1);
    aws.wait(1_000);
    assert_eq!(aws.answered()[0].2, [""; 0]);
}

#[test]
fn message_expires_while_it_is_in_flight_and_its_deletion_is_silent() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("MessageRetentionPeriod", "60")]);
    aws.send(&url, "m");
    let message = aws.try_receive(ReceiveMessageRequest { visibility_timeout: Some(90), ..receive(&url) }).unwrap();
    aws.wait(60_000);
    assert_eq!(aws.counts(&url), [0, 0, 0]);
    aws.delete(&url, &message[0]).unwrap();
    aws.wait(60_000);
    assert_eq!(aws.receive(&url), []);
}
