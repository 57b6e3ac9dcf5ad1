//! Message move tasks.

use redeliver_core::sqs::{Error, Happening};
use redeliver_model::sqs::{
    CancelMessageMoveTaskRequest, Command, ListMessageMoveTasksRequest, ListMessageMoveTasksResultEntry as Task, Reply,
    StartMessageMoveTaskRequest,
};

use crate::account::{Account, START, arn, attribute, happenings, redrive};

/// Makes a source and its dead-letter queue with `count` dead letters, numbered from 0.
fn dead_letters(aws: &mut Account, suffix: &str, count: usize) -> [String; 2] {
    let urls = aws.redriven(suffix, 1, &[("VisibilityTimeout", "0")]);
    for at in 0..count {
        if suffix.is_empty() {
            aws.send(&urls[0], &at.to_string());
        } else {
            aws.send_to(&urls[0], "g", &at.to_string());
        }
    }
    while aws.counts(&urls[1]) != [count as u64, 0, 0] {
        aws.receive(&urls[0]);
    }
    urls
}

fn start(aws: &mut Account, destination: Option<&str>, rate: Option<i32>) -> Result<String, Error> {
    let input = StartMessageMoveTaskRequest {
        source_arn: Some(arn("dead")),
        destination_arn: destination.map(arn),
        max_number_of_messages_per_second: rate,
    };
    match aws.call(Command::StartMessageMoveTask(input))? {
        Reply::StartMessageMoveTask(result) => Ok(result.task_handle.unwrap()),
        other => panic!("{other:?}"),
    }
}

fn list(aws: &mut Account, max_results: Option<i32>) -> Vec<Task> {
    let input = ListMessageMoveTasksRequest { source_arn: Some(arn("dead")), max_results };
    match aws.call(Command::ListMessageMoveTasks(input)) {
        Ok(Reply::ListMessageMoveTasks(result)) => result.results.unwrap_or_default(),
        other => panic!("{other:?}"),
    }
}

fn cancel(aws: &mut Account, handle: &str) -> Result<i64, Error> {
    let input = CancelMessageMoveTaskRequest { task_handle: Some(handle.to_owned()) };
    match aws.call(Command::CancelMessageMoveTask(input))? {
        Reply::CancelMessageMoveTask(result) => Ok(result.approximate_number_of_messages_moved.unwrap()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn messages_go_back_to_where_they_came_from_as_new_ones() {
    let mut aws = Account::new();
    let [source, dead] = dead_letters(&mut aws, "", 3);
    let old = aws.receive(&dead).remove(0);
    aws.wait(1_000);
    start(&mut aws, None, None).unwrap();
    aws.wait(1_000);
    let completed = Task {
        approximate_number_of_messages_moved: Some(3),
        approximate_number_of_messages_to_move: Some(3),
        source_arn: Some(arn("dead")),
        started_timestamp: Some(i64::try_from(START).unwrap() + 1_000),
        status: Some("COMPLETED".to_owned()),
        ..Default::default()
    };
    assert_eq!((list(&mut aws, None), aws.counts(&dead)), (vec![completed], [0, 0, 0]));
    let new = aws.receive(&source);
    assert_eq!(new.iter().map(|message| message.body.as_deref().unwrap()).collect::<Vec<_>>(), ["0", "1", "2"]);
    assert_ne!(new[0].message_id, old.message_id);
    assert_eq!(attribute(&new[0], "ApproximateReceiveCount").as_deref(), Some("1"));
    assert_eq!(attribute(&new[0], "DeadLetterQueueSourceArn"), None);
    assert_eq!(happenings(&aws.events).iter().filter(|what| matches!(what, Happening::Moved { .. })).count(), 3);
}

#[test]
fn rate_paces_the_moves_and_a_late_tick_moves_all_that_were_due() {
    let mut aws = Account::new();
    let [_, dead] = dead_letters(&mut aws, "", 4);
    let other = aws.queue("other", &[]);
    start(&mut aws, Some("other"), Some(1)).unwrap();
    let task = list(&mut aws, None).remove(0);
    assert_eq!((task.status.as_deref(), task.destination_arn), (Some("RUNNING"), Some(arn("other"))));
    assert!(task.task_handle.is_some() && task.max_number_of_messages_per_second == Some(1));
    aws.wait(2_999);
    assert_eq!((aws.counts(&dead), aws.counts(&other)), ([2, 0, 0], [2, 0, 0]));
    aws.oversleep(60_000);
    assert_eq!((aws.counts(&dead), aws.counts(&other)), ([0, 0, 0], [4, 0, 0]));
    let sent: Vec<_> = aws.receive(&other).iter().map(|message| attribute(message, "SentTimestamp").unwrap()).collect();
    assert_eq!(sent, [1, 2, 3, 4].map(|second| (START + second * 1_000).to_string()));
}

#[test]
fn destination_that_is_deleted_fails_the_task_and_the_rest_stays() {
    let mut aws = Account::new();
    let [_, dead] = dead_letters(&mut aws, "", 10);
    let other = aws.queue("other", &[]);
    start(&mut aws, Some("other"), Some(1)).unwrap();
    aws.wait(3_000);
    aws.delete_queue(&other);
    aws.wait(10_000);
    let failed = Task {
        approximate_number_of_messages_moved: Some(3),
        approximate_number_of_messages_to_move: Some(10),
        destination_arn: Some(arn("other")),
        failure_reason: Some("AWS.SimpleQueueService.NonExistentQueue".to_owned()),
        max_number_of_messages_per_second: Some(1),
        source_arn: Some(arn("dead")),
        started_timestamp: Some(i64::try_from(START).unwrap()),
        status: Some("FAILED".to_owned()),
        task_handle: None,
    };
    assert_eq!((list(&mut aws, None), aws.counts(&dead)), (vec![failed], [7, 0, 0]));
}

#[test]
fn cancelled_task_leaves_what_it_has_moved_where_it_is() {
    let mut aws = Account::new();
    let [source, dead] = dead_letters(&mut aws, "", 5);
    let handle = start(&mut aws, None, Some(1)).unwrap();
    aws.wait(2_000);
    assert_eq!(cancel(&mut aws, &handle), Ok(2));
    aws.wait(10_000);
    assert_eq!((aws.counts(&source), aws.counts(&dead)), ([2, 0, 0], [3, 0, 0]));
    assert_eq!(list(&mut aws, None)[0].status.as_deref(), Some("CANCELLED"));
    assert!(matches!(cancel(&mut aws, &handle), Err(Error::UnsupportedOperation { .. })));
}

#[test]
fn handles_are_checked_from_the_outside_in() {
    let mut aws = Account::new();
    dead_letters(&mut aws, "", 1);
    let text = |aws: &mut Account, handle: &str| {
        let description = cancel(aws, handle).unwrap_err().describe();
        (description.code, description.status, description.message)
    };
    let handle = |source: &str| {
        use base64::Engine;
        let id = "2f5c4b1e-0f5e-4a7b-9c3d-0123456789ab";
        base64::engine::general_purpose::STANDARD
            .encode(format!(r#"{{"taskId":"{id}","sourceArn":"{}"}}"#, arn(source)))
    };
    assert_eq!(
        text(&mut aws, "foobared"),
        ("InvalidParameterValue", 400, "Value for parameter TaskHandle is invalid.".to_owned())
    );
    assert_eq!(
        text(&mut aws, &handle("missing")),
        (
            "ResourceNotFoundException",
            404,
            "The resource that you specified for the SourceArn parameter doesn't exist.".to_owned()
        )
    );
    assert_eq!(text(&mut aws, &handle("dead")), ("ResourceNotFoundException", 404, "Task does not exist.".to_owned()));
}

#[test]
fn task_needs_a_dead_letter_queue_and_a_destination_that_exists() {
    let mut aws = Account::new();
    aws.queue("dead", &[]);
    assert_eq!(
        start(&mut aws, None, None).unwrap_err().to_string(),
        "Source queue must be configured as a Dead Letter Queue."
    );
    let source = aws.queue("source", &[("RedrivePolicy", &redrive("dead", 1))]);
    assert_eq!(
        start(&mut aws, Some("missing"), None).unwrap_err().to_string(),
        "The resource that you specified for the DestinationArn parameter doesn't exist."
    );
    aws.send(&source, "m");
    start(&mut aws, None, Some(1)).unwrap();
    assert!(start(&mut aws, None, Some(1)).unwrap_err().to_string().starts_with("There is already a task running."));
    aws.wait(1_000);
    assert_eq!(list(&mut aws, None)[0].status.as_deref(), Some("COMPLETED"), "there was nothing to move");
    start(&mut aws, None, Some(1)).unwrap();
    assert_eq!((list(&mut aws, None).len(), list(&mut aws, Some(10)).len()), (1, 2));
}

#[test]
fn message_that_was_sent_to_the_dead_letter_queue_has_nowhere_to_go_back() {
    let mut aws = Account::new();
    let [_, dead] = dead_letters(&mut aws, "", 1);
    aws.send(&dead, "direct");
    start(&mut aws, None, None).unwrap();
    aws.wait(1_000);
    let task = list(&mut aws, None).remove(0);
    assert_eq!((task.status.as_deref(), task.approximate_number_of_messages_moved), (Some("FAILED"), Some(1)));
    assert_eq!(aws.bodies(&dead), ["direct"]);
}

#[test]
fn task_fills_a_fifo_queue_in_order_past_its_deduplication() {
    let mut aws = Account::new();
    let [source, _] = dead_letters(&mut aws, ".fifo", 3);
    let input = StartMessageMoveTaskRequest { source_arn: Some(arn("dead.fifo")), ..Default::default() };
    aws.call(Command::StartMessageMoveTask(input)).unwrap();
    aws.wait(1_000);
    assert_eq!(aws.bodies(&source), ["0", "1", "2"]);
}
