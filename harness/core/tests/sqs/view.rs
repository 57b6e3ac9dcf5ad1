//! Queues as they are, seen from outside; polls that are ended from outside.

use redeliver_core::sqs::{Counters, MessageState, MessageView};
use redeliver_core::{Timestamp, Uuid};
use redeliver_model::sqs::ReceiveMessageRequest;

use super::account::{Account, START, Send, receive};

#[test]
fn view_shows_counters_and_the_oldest_messages_with_their_states() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "30")]);
    let ids = ["in flight", "visible"].map(|body| Uuid::parse(&aws.send(&url, body)).unwrap());
    aws.try_send(Send { url: &url, body: "delayed", delay: Some(60), ..Send::default() }).unwrap();
    let one = ReceiveMessageRequest { max_number_of_messages: Some(1), ..receive(&url) };
    aws.try_receive(one.clone()).unwrap();
    aws.wait(30_000);
    aws.try_receive(one).unwrap();
    let [queue] = aws.view(1).try_into().unwrap();
    assert_eq!((&*queue.account, &*queue.region, &*queue.name), ("000000000000", "us-east-1", "q"));
    assert!(queue.attributes.contains(&("VisibilityTimeout".to_owned(), "30".to_owned())), "{:?}", queue.attributes);
    assert_eq!(queue.counters, Counters { visible: 1, in_flight: 1, delayed: 1, waiting_receives: 0 });
    let oldest = MessageView {
        id: ids[0],
        body: "in flight".to_owned(),
        state: MessageState::InFlight,
        receive_count: 2,
        sent_at: Timestamp(START),
        visible_at: Some(Timestamp(START + 60_000)),
        group: None,
    };
    assert_eq!(queue.messages, [oldest]);
    let states: Vec<_> = aws.view(9)[0].messages.iter().map(|message| message.state).collect();
    assert_eq!(states, [MessageState::InFlight, MessageState::Visible, MessageState::Delayed]);
}

#[test]
fn queues_come_by_name_and_messages_of_fifo_queues_tell_their_group() {
    let mut aws = Account::new();
    for name in ["b", "a.fifo"] {
        aws.queue(name, &[]);
    }
    let url = aws.queue("a.fifo", &[]);
    aws.send_to(&url, "g", "m");
    let queues = aws.view(9);
    assert_eq!(queues.iter().map(|queue| &*queue.name).collect::<Vec<_>>(), ["a.fifo", "b"]);
    assert_eq!(queues[0].messages[0].group.as_deref(), Some("g"));
    assert_eq!(queues[1].messages, []);
}

#[test]
fn polls_that_are_ended_are_answered_without_messages() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let tickets = [aws.poll(&url, 20), aws.poll(&url, 5)];
    assert_eq!(aws.view(0)[0].counters.waiting_receives, 2);
    aws.wait(1_000);
    aws.end_waits();
    assert_eq!(aws.answered(), tickets.map(|ticket| (1_000, ticket, Vec::new())));
    aws.wait(30_000);
    assert_eq!(aws.answered(), []);
}
