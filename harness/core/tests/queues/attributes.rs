//! Attributes: which read back, what can be set, when changes are seen.

use std::collections::BTreeMap;
use std::time::Duration;

use redeliver_core::Limits;
use redeliver_core::sqs::Error;
use redeliver_model::sqs::{Command, ReceiveMessageRequest, Reply, SendMessageRequest};

use super::driver::{Driver, Slow};

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn send(driver: &mut Driver, url: &str, delay_seconds: Option<i32>) {
    let input = SendMessageRequest {
        queue_url: Some(url.to_owned()),
        message_body: Some("body".to_owned()),
        delay_seconds,
        ..Default::default()
    };
    driver.call(Command::SendMessage(input)).expect("the message is good");
}

fn receive(driver: &mut Driver, url: &str) -> usize {
    let input = ReceiveMessageRequest { queue_url: Some(url.to_owned()), ..Default::default() };
    match driver.call(Command::ReceiveMessage(input)).expect("the queue exists") {
        Reply::ReceiveMessage(result) => result.messages.map_or(0, |messages| messages.len()),
        other => panic!("{other:?}"),
    }
}

/// Recorded on AWS in August 2025.
#[test]
fn new_standard_queue_has_exactly_these_attributes() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let expected = texts(&[
        ("ApproximateNumberOfMessages", "0"),
        ("ApproximateNumberOfMessagesDelayed", "0"),
        ("ApproximateNumberOfMessagesNotVisible", "0"),
        ("CreatedTimestamp", "1767225600"),
        ("DelaySeconds", "0"),
        ("LastModifiedTimestamp", "1767225600"),
        ("MaximumMessageSize", "1048576"),
        ("MessageRetentionPeriod", "345600"),
        ("QueueArn", "arn:aws:sqs:us-east-1:000000000000:q"),
        ("ReceiveMessageWaitTimeSeconds", "0"),
        ("SqsManagedSseEnabled", "true"),
        ("VisibilityTimeout", "30"),
    ]);
    assert_eq!(driver.get(&url, &["All"]), Ok(Some(expected)));
}

/// Recorded on AWS in August 2025.
#[test]
fn new_fifo_queue_has_four_attributes_more() {
    let mut driver = Driver::new();
    let [standard, fifo] = ["q", "q.fifo"].map(|name| driver.queue(name));
    let mut more = driver.get(&fifo, &["All"]).unwrap().unwrap();
    let common = driver.get(&standard, &["All"]).unwrap().unwrap();
    more.retain(|name, _| !common.contains_key(name));
    let expected = texts(&[
        ("ContentBasedDeduplication", "false"),
        ("DeduplicationScope", "queue"),
        ("FifoQueue", "true"),
        ("FifoThroughputLimit", "perQueue"),
    ]);
    assert_eq!(more, expected);
}

#[test]
fn only_named_attributes_come_back() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let expected = texts(&[("DelaySeconds", "0"), ("VisibilityTimeout", "30")]);
    assert_eq!(driver.get(&url, &["VisibilityTimeout", "DelaySeconds", "Policy", "DelaySeconds"]), Ok(Some(expected)));
    assert_eq!(driver.get(&url, &[]), Ok(None));
    assert_eq!(driver.get(&url, &["Policy", "RedrivePolicy", "KmsMasterKeyId"]), Ok(None));
    let unknown = Error::UnknownAttribute { attribute: "Foo".to_owned() };
    assert_eq!(driver.get(&url, &["All", "Foo"]), Err(unknown));
}

#[test]
fn every_attribute_reads_back_as_it_was_set() {
    let mut driver = Driver::new();
    let target = driver.queue("dead.fifo");
    let arn = driver.arn(&target);
    let url = driver.queue("q.fifo");
    let redrive = format!(r#"{{ "maxReceiveCount": "42", "deadLetterTargetArn":"{arn}" }}"#);
    let policy = r#"{ "Statement":{"Effect":"Allow", "Principal":"*","Action":"sqs:*","Resource":"*"} }"#;
    let given = [
        ("DelaySeconds", "900"),
        ("MaximumMessageSize", "1024"),
        ("MessageRetentionPeriod", "60"),
        ("ReceiveMessageWaitTimeSeconds", "20"),
        ("VisibilityTimeout", "0"),
        ("Policy", policy),
        ("RedrivePolicy", &redrive),
        ("RedriveAllowPolicy", r#"{"redrivePermission":"denyAll"}"#),
        ("KmsMasterKeyId", "alias/aws/sqs"),
        ("KmsDataKeyReusePeriodSeconds", "600"),
        ("SqsManagedSseEnabled", "false"),
        ("ContentBasedDeduplication", "true"),
        ("DeduplicationScope", "messageGroup"),
        ("FifoThroughputLimit", "perMessageGroupId"),
    ];
    driver.set(&url, &given).unwrap();
    let names = given.map(|(name, _)| name);
    assert_eq!(driver.get(&url, &names), Ok(Some(texts(&given))));
    driver
        .set(&url, &[("Policy", ""), ("RedrivePolicy", ""), ("RedriveAllowPolicy", ""), ("KmsMasterKeyId", "")])
        .unwrap();
    assert_eq!(driver.get(&url, &["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId"]), Ok(None));
}

#[test]
fn refused_change_changes_nothing() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    let before = driver.get(&url, &["All"]);
    driver.wait(Duration::from_secs(5));
    driver.set(&url, &[("DelaySeconds", "1"), ("VisibilityTimeout", "43201")]).unwrap_err();
    assert_eq!(driver.get(&url, &["All"]), before);
    assert_eq!(driver.set(&url, &[]), Err(Error::MissingParameter { parameter: "Attributes" }));
}

#[test]
fn change_moves_the_time_of_the_last_modification() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    driver.wait(Duration::from_millis(5_999));
    driver.set(&url, &[("DelaySeconds", "1")]).unwrap();
    let times = driver.get(&url, &["CreatedTimestamp", "LastModifiedTimestamp"]);
    let expected = [("CreatedTimestamp", "1767225600"), ("LastModifiedTimestamp", "1767225605")];
    assert_eq!(times, Ok(Some(texts(&expected))));
}

#[test]
fn change_reads_back_at_once_and_is_seen_when_it_has_settled() {
    let mut driver = Driver::with(Limits::default(), Box::new(Slow));
    let url = driver.queue("q");
    driver.set(&url, &[("DelaySeconds", "100")]).unwrap();
    assert_eq!(driver.attribute(&url, "DelaySeconds").as_deref(), Some("100"));
    send(&mut driver, &url, None);
    assert_eq!(receive(&mut driver, &url), 1, "the old delay is in force");
    driver.wait(Duration::from_secs(31));
    send(&mut driver, &url, None);
    assert_eq!(receive(&mut driver, &url), 1, "the first message again, whose timeout ran out; the second is delayed");
    assert_eq!(receive(&mut driver, &url), 0);
}

#[test]
fn counters_tell_messages_by_state() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    for delay in [None, None, None, Some(60)] {
        send(&mut driver, &url, delay);
    }
    assert_eq!(receive(&mut driver, &url), 1);
    let names =
        ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"];
    let mut counters = |wait| {
        driver.wait(Duration::from_secs(wait));
        let found = driver.get(&url, &names).unwrap().unwrap();
        names.map(|name| found[name].clone())
    };
    assert_eq!(counters(0), ["2", "1", "1"]);
    assert_eq!(counters(30), ["3", "0", "1"]);
    assert_eq!(counters(30), ["4", "0", "0"]);
}

#[test]
fn counters_say_what_the_oracle_says() {
    let mut driver = Driver::with(Limits::default(), Box::new(Slow));
    let url = driver.queue("q");
    send(&mut driver, &url, None);
    assert_eq!(driver.attribute(&url, "ApproximateNumberOfMessages").as_deref(), Some("6"));
    driver.wait(Duration::from_mins(1));
    assert_eq!(driver.attribute(&url, "ApproximateNumberOfMessages").as_deref(), Some("1"));
}

#[test]
fn messages_never_make_a_queue_conflict() {
    let mut driver = Driver::new();
    let url = driver.queue("q");
    send(&mut driver, &url, None);
    send(&mut driver, &url, Some(60));
    assert_eq!(driver.create("q", &[("VisibilityTimeout", "30")]), Ok(url));
}
