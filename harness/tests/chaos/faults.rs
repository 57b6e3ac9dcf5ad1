//! What each fault looks like to a client.

use std::time::Duration;

use crate::given::{fault, given};

#[tokio::test(start_paused = true)]
async fn a_lost_reply_to_a_send_makes_the_sdk_send_again_and_the_queue_hold_two() {
    let given = given(vec![fault("send-reply-lost", "SendMessage", Some("order-3"))]).await;
    given.send("order-3").await;
    let messages = given.receive(1).await;
    assert_eq!(messages.len(), 2);
    assert_ne!(messages[0].0, messages[1].0, "the two copies have ids of their own");
    assert_eq!(given.fired(), ["send-reply-lost"]);
}

#[tokio::test(start_paused = true)]
async fn a_replica_duplicate_has_the_same_id_and_either_handle_deletes_the_message() {
    for which in [0, 1] {
        let given = given(vec![fault("replica-duplicate", "ReceiveMessage", Some("order-3"))]).await;
        given.send("order-3").await;
        let messages = given.receive(2).await;
        assert_eq!(messages.len(), 2, "received twice within its visibility timeout");
        assert_eq!(messages[0].0, messages[1].0);
        given.delete(&messages[which].1).await;
        tokio::time::sleep(Duration::from_secs(31)).await;
        assert_eq!(given.receive(1).await, []);
    }
}

#[tokio::test(start_paused = true)]
async fn a_resurrected_message_comes_back_after_its_deletion_and_can_be_deleted_again() {
    let given = given(vec![fault("resurrected", "DeleteMessage", Some("order-3"))]).await;
    given.send("order-3").await;
    let first = given.receive(1).await;
    given.delete(&first[0].1).await;
    let again = given.receive(2).await;
    assert_eq!(again.iter().map(|(id, _)| id).collect::<Vec<_>>(), [&first[0].0]);
    given.delete(&again[0].1).await;
    assert_eq!(given.receive(20).await, []);
}

#[tokio::test(start_paused = true)]
async fn a_lost_receive_hides_its_messages_until_their_timeout_ends() {
    // Three attempts of the SDK: the second finds nothing.
    let given = given(vec![fault("lost-receive", "ReceiveMessage", None)]).await;
    given.send("order-3").await;
    assert_eq!(given.receive(1).await, []);
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(given.receive(1).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_expires_lets_the_message_be_received_again_at_once() {
    let given = given(vec![fault("lease-expires", "ReceiveMessage", Some("order-3"))]).await;
    given.send("order-3").await;
    let messages = given.receive(2).await;
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0].0, messages[1].0);
}

#[tokio::test(start_paused = true)]
async fn messages_come_in_another_order() {
    let given = given(vec![fault("reordered", "ReceiveMessage", None)]).await;
    for body in ["a", "b", "c"] {
        given.send(body).await;
    }
    let first = given.receive(1).await;
    tokio::time::sleep(Duration::from_secs(31)).await;
    let backwards: Vec<_> = given.receive(1).await.into_iter().rev().map(|(id, _)| id).collect();
    assert_eq!(first.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), backwards);
}

#[tokio::test(start_paused = true)]
async fn a_short_poll_misses_what_is_there() {
    let given = given(vec![fault("empty-short-poll", "ReceiveMessage", None)]).await;
    given.send("a").await;
    let poll = || given.sqs.receive_message().queue_url(&given.url).send();
    assert_eq!(poll().await.unwrap().messages, None);
    assert_eq!(poll().await.unwrap().messages().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn calls_that_fail_and_connections_that_break_are_tried_again_by_the_sdk() {
    for rule in ["service-error", "connection-reset"] {
        let given = given(vec![fault(rule, "SendMessage", Some("a"))]).await;
        given.send("a").await;
        assert_eq!(given.receive(1).await.len(), 1);
        assert_eq!(given.fired(), [rule]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_deletion_whose_reply_is_lost_is_done() {
    let given = given(vec![fault("delete-reply-lost", "DeleteMessage", Some("a"))]).await;
    given.send("a").await;
    let messages = given.receive(1).await;
    given.delete(&messages[0].1).await;
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(given.receive(1).await, []);
    assert_eq!(given.fired(), ["delete-reply-lost"]);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_fails_fails_though_the_sdk_tries_again() {
    let given = given(vec![fault("delete-fails", "DeleteMessage", Some("a"))]).await;
    given.send("a").await;
    let messages = given.receive(1).await;
    let deletion = given.sqs.delete_message().queue_url(&given.url).receipt_handle(&messages[0].1).send().await;
    assert_eq!(deletion.unwrap_err().raw_response().map(|response| response.status().as_u16()), Some(500));
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(given.receive(1).await[0].0, messages[0].0);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reply_takes_its_time() {
    let given = given(vec![fault("slow-reply", "SendMessage", Some("a"))]).await;
    let start = tokio::time::Instant::now();
    given.send("a").await;
    assert_eq!(start.elapsed(), Duration::from_secs(35));
}
