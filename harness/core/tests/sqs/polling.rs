//! Long polls: when they wait, what wakes them, how they end.

use redeliver_core::Answer;
use redeliver_model::sqs::{Command, ReceiveMessageRequest};

use crate::account::{Account, Send, receive};

#[test]
fn long_poll_ends_empty_when_its_time_is_over() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let ticket = aws.poll(&url, 20);
    assert_eq!(aws.wakes_in(), Some(20_000));
    aws.wait(19_999);
    assert_eq!(aws.answered(), []);
    aws.wait(1);
    assert_eq!(aws.answered(), [(20_000, ticket, vec![])]);
    assert_eq!(aws.wakes_in(), None);
}

#[test]
fn queue_attribute_makes_a_plain_receive_wait_and_zero_overrides_it() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("ReceiveMessageWaitTimeSeconds", "3")]);
    assert_eq!(aws.receive(&url), []);
    let plain = ReceiveMessageRequest { wait_time_seconds: None, ..receive(&url) };
    assert!(matches!(aws.begin(Command::ReceiveMessage(plain)), Answer::Later(_)));
    assert_eq!(aws.wakes_in(), Some(3_000));
}

#[test]
fn send_answers_the_poll_that_waits_longest() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let [first, second] = [aws.poll(&url, 20), aws.poll(&url, 10)];
    aws.send(&url, "1");
    assert_eq!(aws.answered(), [(0, first, vec!["1".to_owned()])]);
    aws.send(&url, "2");
    assert_eq!(aws.answered(), [(0, second, vec!["2".to_owned()])]);
}

#[test]
fn delay_that_ends_within_a_poll_answers_it() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    aws.try_send(Send { url: &url, body: "m", delay: Some(3), ..Send::default() }).unwrap();
    assert_eq!(aws.counts(&url), [0, 0, 1]);
    let ticket = aws.poll(&url, 10);
    assert_eq!(aws.wakes_in(), Some(3_000));
    aws.wait(10_000);
    assert_eq!(aws.answered(), [(3_000, ticket, vec!["m".to_owned()])]);
}

#[test]
fn timeout_that_ends_at_the_very_end_of_a_poll_still_answers_it() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "5")]);
    aws.send(&url, "m");
    aws.receive(&url);
    let ticket = aws.poll(&url, 5);
    aws.wait(5_000);
    assert_eq!(aws.answered(), [(5_000, ticket, vec!["m".to_owned()])]);
}

#[test]
fn message_that_is_let_go_answers_a_poll() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    aws.send(&url, "m");
    let message = aws.receive(&url).remove(0);
    let ticket = aws.poll(&url, 20);
    aws.hide(&url, &message, 0).unwrap();
    assert_eq!(aws.answered(), [(0, ticket, vec!["m".to_owned()])]);
}

#[test]
fn deletion_that_frees_a_group_answers_a_poll() {
    let mut aws = Account::new();
    let url = aws.queue("q.fifo", &[]);
    aws.send_to(&url, "g", "1");
    let message = aws.receive(&url).remove(0);
    let ticket = aws.poll(&url, 20);
    aws.send_to(&url, "g", "2");
    assert_eq!(aws.answered(), [], "the group has a message in flight");
    aws.delete(&url, &message).unwrap();
    assert_eq!(aws.answered(), [(0, ticket, vec!["2".to_owned()])]);
}

#[test]
fn abandoned_poll_takes_no_message() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let ticket = aws.poll(&url, 20);
    aws.abandon(ticket);
    aws.send(&url, "m");
    assert_eq!(aws.bodies(&url), ["m"]);
    aws.wait(30_000);
    assert_eq!(aws.answered(), []);
}

#[test]
fn poll_on_a_queue_that_is_deleted_is_told_so() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[]);
    let ticket = aws.poll(&url, 20);
    aws.delete_queue(&url);
    let (_, answered, outcome) = aws.answers.pop().unwrap();
    assert_eq!(
        (answered, outcome.unwrap_err().to_string()),
        (ticket, "The specified queue does not exist.".to_owned())
    );
}

#[test]
fn late_tick_answers_every_poll_as_if_it_had_come_in_time() {
    let mut aws = Account::new();
    let url = aws.queue("q", &[("VisibilityTimeout", "2")]);
    aws.send(&url, "m");
    aws.receive(&url);
    // The first poll gets the message when it becomes visible after 2 s; nobody deletes it, so the second gets it after 4 s.
    let [first, second, third] = [aws.poll(&url, 20), aws.poll(&url, 20), aws.poll(&url, 3)];
    aws.oversleep(60_000);
    aws.tick();
    let order: Vec<_> = aws.answered().into_iter().map(|(_, ticket, bodies)| (ticket, bodies.len())).collect();
    assert_eq!(order, [(first, 1), (third, 0), (second, 1)]);
    assert_eq!(aws.counts(&url), [1, 0, 0]);
}
