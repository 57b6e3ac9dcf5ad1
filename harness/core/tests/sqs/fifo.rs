//! FIFO queues: groups, deduplication, repeated receives.

use redeliver_core::sqs::Error;
use redeliver_model::sqs::ReceiveMessageRequest;

use crate::account::{Account, Send, attribute, bodies, receive};

const CONTENT_BASED: (&str, &str) = ("ContentBasedDeduplication", "true");

#[test]
fn group_waits_until_all_its_messages_in_flight_are_deleted() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[]);
    for (group, body) in [("g1", "1"), ("g1", "2"), ("g1", "3"), ("g1", "4"), ("g2", "5")] {
        aws.send_to(&url, group, body);
    }
    let two = ReceiveMessageRequest { max_number_of_messages: Some(2), ..receive(&url) };
    let got = aws.try_receive(two).unwrap();
    assert_eq!((bodies(&got), aws.counts(&url)), (vec!["1".to_owned(), "2".to_owned()], [3, 2, 0]));
    assert_eq!(aws.bodies(&url), ["5"], "other groups are served");
    aws.delete(&url, &got[0]).unwrap();
    assert_eq!(aws.bodies(&url), [""; 0]);
    aws.delete(&url, &got[1]).unwrap();
    assert_eq!(aws.bodies(&url), ["3", "4"]);
}

#[test]
fn messages_of_a_group_come_back_in_order() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[("VisibilityTimeout", "1")]);
    for body in ["1", "2", "3"] {
        aws.send_to(&url, "g", body);
    }
    for _ in 0..5 {
        assert_eq!(aws.bodies(&url), ["1", "2", "3"]);
        aws.wait(1_000);
    }
}

#[test]
fn expired_handle_of_a_fifo_queue_is_refused() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[("VisibilityTimeout", "1")]);
    aws.send_to(&url, "g", "m");
    let message = aws.receive(&url).remove(0);
    aws.wait(1_000);
    let handle = message.receipt_handle.clone().unwrap();
    assert_eq!(aws.delete(&url, &message), Err(Error::ReceiptHandleExpired { handle }));
    assert_eq!(aws.hide(&url, &message, 5), Err(Error::MessageNotInflight));
}

#[test]
fn duplicate_is_answered_like_the_original_and_not_delivered() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[]);
    let send = |body, group| Send {
        url: Box::leak(url.clone().into_boxed_str()),
        body,
        group: Some(group),
        deduplication: Some("id"),
        delay: None,
    };
    let first = aws.try_send(send("m", "g")).unwrap();
    aws.wait(299_999);
    let second = aws.try_send(send("other", "other group")).unwrap_err();
    assert!(matches!(second, Error::InvalidParameter { parameter: "MessageGroupId", .. }));
    let second = aws.try_send(send("other", "other-group")).unwrap();
    assert_eq!((&first.message_id, &first.sequence_number), (&second.message_id, &second.sequence_number));
    let got = aws.receive(&url);
    aws.delete(&url, &got[0]).unwrap();
    aws.try_send(send("m", "g")).unwrap();
    assert_eq!((bodies(&got), aws.counts(&url)), (vec!["m".to_owned()], [0, 0, 0]));
    aws.wait(1);
    aws.try_send(send("anew", "g")).unwrap();
    assert_eq!(aws.bodies(&url), ["anew"]);
}

#[test]
fn content_makes_the_deduplication_id_unless_one_is_given() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[CONTENT_BASED]);
    let mut send = |body, deduplication| {
        aws.try_send(Send { url: &url, body, group: Some("g"), deduplication, delay: None }).unwrap();
    };
    send("m", None);
    send("m", None);
    send("m", Some("other"));
    // SHA-256 of `m`, which is the id of the first message.
    let hash = "62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a";
    send("n", Some(hash));
    let got = aws.receive(&url);
    assert_eq!(bodies(&got), ["m", "m"]);
    let ids: Vec<_> = got.iter().map(|message| attribute(message, "MessageDeduplicationId").unwrap()).collect();
    assert_eq!(ids, [hash, "other"]);
}

#[test]
fn deduplication_scope_is_the_queue_or_the_group() {
    let mut aws = Account::new();
    for (name, scope, delivered) in [("a.fifo", "queue", 1), ("b.fifo", "messageGroup", 2)] {
        let url = aws.queue(name, &[CONTENT_BASED, ("DeduplicationScope", scope)]);
        for group in ["g1", "g2", "g1"] {
            aws.try_send(Send { url: &url, body: "m", group: Some(group), ..Send::default() }).unwrap();
        }
        assert_eq!(aws.receive(&url).len(), delivered, "{scope}");
    }
}

/// Recorded on AWS: the change reads back, and does nothing for a while.
#[test]
fn changed_deduplication_scope_takes_its_time() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[]);
    aws.set(&url, "DeduplicationScope", "messageGroup");
    let send = |aws: &mut Account, group| {
        aws.try_send(Send { url: &url, body: "m", group: Some(group), deduplication: Some("id"), delay: None })
            .unwrap();
    };
    send(&mut aws, "g1");
    send(&mut aws, "g2");
    assert_eq!(aws.receive(&url).len(), 1);
    aws.wait(60_000);
    send(&mut aws, "g3");
    send(&mut aws, "g4");
    assert_eq!(
        aws.receive(&url).iter().filter(|message| attribute(message, "MessageGroupId") > Some("g2".to_owned())).count(),
        2
    );
}

#[test]
fn purge_forgets_deduplication() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[]);
    aws.send_to(&url, "g", "m");
    aws.purge(&url).unwrap();
    assert_eq!(aws.bodies(&url), [""; 0]);
    aws.send_to(&url, "g", "m");
    assert_eq!(aws.bodies(&url), ["m"]);
}

#[test]
fn attributes_of_a_fifo_message_stay_over_its_receives() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[("VisibilityTimeout", "0")]);
    let send = Send { url: &url, body: "m", group: Some("g"), deduplication: Some("id"), delay: None };
    let sequence = aws.try_send(send).unwrap().sequence_number.unwrap();
    for _ in 0..2 {
        let message = aws.receive(&url).remove(0);
        let seen = ["SequenceNumber", "MessageGroupId", "MessageDeduplicationId"]
            .map(|name| attribute(&message, name).unwrap());
        assert_eq!(seen, [sequence.clone(), "g".to_owned(), "id".to_owned()]);
    }
}

#[test]
fn repeated_attempt_gets_the_same_messages_with_the_same_handles_and_hides_them_anew() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[("VisibilityTimeout", "10")]);
    for (group, body) in [("g1", "1"), ("g2", "2")] {
        aws.send_to(&url, group, body);
    }
    let attempt = ReceiveMessageRequest { receive_request_attempt_id: Some("a".to_owned()), ..receive(&url) };
    let first = aws.try_receive(attempt.clone()).unwrap();
    aws.wait(9_000);
    assert_eq!(aws.try_receive(attempt.clone()).unwrap(), first);
    aws.wait(9_000);
    assert_eq!(aws.counts(&url), [0, 2, 0], "hidden for ten seconds from the repetition on");
    aws.delete(&url, &first[0]).unwrap();
    assert_eq!(aws.try_receive(attempt).unwrap(), [], "a message was deleted");
}

#[test]
fn queue_delay_holds_on_fifo_queues_and_a_change_reaches_delayed_messages() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[("DelaySeconds", "10")]);
    aws.send_to(&url, "g", "m");
    let zero = Send { url: &url, body: "n", group: Some("g"), deduplication: Some("n"), delay: Some(0) };
    aws.try_send(zero).unwrap();
    assert_eq!(aws.counts(&url), [0, 0, 2]);
    let error = aws.try_send(Send { delay: Some(2), ..zero }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type."
    );
    aws.set(&url, "DelaySeconds", "4");
    aws.wait(4_000);
    assert_eq!(aws.bodies(&url), ["m", "n"]);
}
