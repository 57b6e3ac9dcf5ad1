//! Records of queues are acknowledged one by one.

use redeliver_core::kinesis::{Error, QueueFault};
use redeliver_core::{Ticket, Timestamp};
use redeliver_model::kinesis::{self as model, Command, QueueRecord, QueueStatus, Reply};

use crate::driver::{ACCOUNT, Driver};

fn input(driver: &Driver, stream: &str) -> model::CreateQueueInput {
    let source = model::QueueStreamConfiguration {
        starting_position: Some(model::QueueStartingPosition {
            r#type: Some(model::QueueStartingPositionType::TrimHorizon),
            timestamp: None,
        }),
        stream_arn: Some(driver.arn(stream)),
    };
    model::CreateQueueInput {
        queue_name: Some("q".to_owned()),
        stream_configuration_list: Some(vec![source]),
        ..Default::default()
    }
}

fn create(driver: &mut Driver, input: model::CreateQueueInput) -> Result<model::QueueDescription, Error> {
    match driver.call(Command::CreateQueue(input))? {
        Reply::CreateQueue(output) => Ok(output.queue_description.unwrap()),
        other => panic!("{other:?}"),
    }
}

/// An on-demand stream with a queue whose records become dead letters after two receives; gives the ARN of the queue.
fn queue(driver: &mut Driver) -> String {
    driver.on_demand("s");
    let dead_letters = model::DeadLetterConfiguration { max_receive_count: Some(2), target_type: None };
    let attributes =
        model::QueueAttributes { dead_letter_configuration: Some(dead_letters), visibility_timeout_seconds: Some(10) };
    let input = model::CreateQueueInput { queue_attributes: Some(attributes), ..input(driver, "s") };
    let arn = create(driver, input).unwrap().queue_arn.unwrap();
    driver.pass(1_000);
    arn
}

fn receive(arn: &str) -> Command {
    let (queue_arn, wait_time_seconds) = (Some(arn.to_owned()), Some(1));
    Command::ReceiveQueueRecords(model::ReceiveQueueRecordsInput { queue_arn, wait_time_seconds, ..Default::default() })
}

fn records(reply: Reply) -> Vec<QueueRecord> {
    match reply {
        Reply::ReceiveQueueRecords(output) => output.queue_records.unwrap(),
        Reply::ReceiveDeadLetterQueueRecords(output) => output.queue_records.unwrap(),
        other => panic!("{other:?}"),
    }
}

/// What a receive gives, waiting for a second when there is nothing.
fn received(driver: &mut Driver, command: Command) -> Vec<QueueRecord> {
    if let Ok(reply) = driver.call_or_wait(command).unwrap() {
        return records(reply);
    }
    driver.pass(1_000);
    records(driver.answers.pop().unwrap().2)
}

fn dead_letters(driver: &mut Driver, arn: &str) -> Vec<QueueRecord> {
    let (queue_arn, wait_time_seconds) = (Some(arn.to_owned()), Some(1));
    let input = model::ReceiveDeadLetterQueueRecordsInput { queue_arn, wait_time_seconds, ..Default::default() };
    received(driver, Command::ReceiveDeadLetterQueueRecords(input))
}

/// Codes of the entries that failed.
fn acknowledge(driver: &mut Driver, arn: &str, records: &[QueueRecord]) -> Vec<String> {
    let entry = |record: &QueueRecord| model::AcknowledgeQueueRecordsRequestEntry {
        receipt_handle: record.receipt_handle.clone(),
    };
    let entries = Some(records.iter().map(entry).collect());
    let input = model::AcknowledgeQueueRecordsInput { entries, queue_arn: Some(arn.to_owned()) };
    match driver.call(Command::AcknowledgeQueueRecords(input)).unwrap() {
        Reply::AcknowledgeQueueRecords(output) => {
            output.failed.unwrap().into_iter().map(|failed| failed.error_code.unwrap()).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn text(record: &QueueRecord) -> &str {
    std::str::from_utf8(record.data.as_deref().unwrap()).unwrap()
}

#[test]
fn queue_is_made_on_an_on_demand_stream_and_described() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    let created_at = Timestamp(driver.now);
    let made = input(&driver, "s");
    let description = create(&mut driver, made.clone()).unwrap();
    let arn = description.queue_arn.clone().unwrap();
    assert!(arn.starts_with("arn:aws:kinesis:us-east-1:000000000000:queue/"), "{arn}");
    let expected = model::QueueDescription {
        queue_arn: Some(arn.clone()),
        queue_attributes: Some(model::QueueAttributes {
            dead_letter_configuration: Some(model::DeadLetterConfiguration {
                max_receive_count: Some(6),
                target_type: Some(model::TargetType::BuiltIn),
            }),
            visibility_timeout_seconds: Some(30),
        }),
        queue_creation_timestamp: Some(created_at),
        queue_name: Some("q".to_owned()),
        queue_status: Some(QueueStatus::Creating),
        stream_configuration_list: made.stream_configuration_list.clone(),
    };
    assert_eq!(description, expected);
    let early = driver.call_or_wait(receive(&arn)).unwrap_err();
    assert_eq!(early, QueueFault::NotFound { arn: arn.clone() }.into());
    driver.pass(1_000);
    let describe = Command::DescribeQueue(model::DescribeQueueInput { queue_arn: Some(arn) });
    let active = model::QueueDescription { queue_status: Some(QueueStatus::Active), ..expected };
    let Reply::DescribeQueue(output) = driver.call(describe).unwrap() else { panic!() };
    assert_eq!(output.queue_description, Some(active));
    assert_eq!(driver.summary("s").unwrap().queue_count, Some(1));
    assert_eq!(
        create(&mut driver, made).unwrap_err(),
        QueueFault::Exists { name: "q".to_owned(), account: ACCOUNT.into() }.into()
    );
    driver.stream("p", 1);
    let provisioned = input(&driver, "p");
    assert!(matches!(create(&mut driver, provisioned), Err(Error::Queue(QueueFault::Unfit { .. }))));
}

#[test]
fn record_is_hidden_then_comes_back_with_a_new_handle_and_is_gone_once_acknowledged() {
    let mut driver = Driver::new();
    let arn = queue(&mut driver);
    let taken_at = Timestamp(driver.now);
    driver.put("s", "k", "a").unwrap();
    let first = received(&mut driver, receive(&arn));
    let expected = QueueRecord {
        approximate_arrival_timestamp: Some(taken_at),
        data: Some("a".into()),
        first_receive_timestamp: Some(taken_at),
        partition_key: Some("k".to_owned()),
        receipt_handle: first[0].receipt_handle.clone(),
        receive_count: Some(1),
        record_id: first[0].record_id.clone(),
    };
    assert_eq!(first, std::slice::from_ref(&expected));
    assert_eq!(received(&mut driver, receive(&arn)), []);
    driver.pass(9_000);
    let second = received(&mut driver, receive(&arn));
    let again = QueueRecord { receive_count: Some(2), receipt_handle: second[0].receipt_handle.clone(), ..expected };
    assert_eq!(second, [again]);
    assert_ne!(first[0].receipt_handle, second[0].receipt_handle);
    assert_eq!(acknowledge(&mut driver, &arn, &first), ["ResourceNotFoundException"]);
    assert_eq!(acknowledge(&mut driver, &arn, &second), [""; 0]);
    driver.pass(60_000);
    assert_eq!(received(&mut driver, receive(&arn)), []);
    assert_eq!(dead_letters(&mut driver, &arn), []);
    let garbage = QueueRecord { receipt_handle: Some("x".to_owned()), ..Default::default() };
    assert_eq!(acknowledge(&mut driver, &arn, &[garbage]), ["InvalidArgumentException"]);
}

#[test]
fn record_that_nobody_acknowledges_is_a_dead_letter_until_it_is_restored() {
    let mut driver = Driver::new();
    let arn = queue(&mut driver);
    driver.put("s", "k", "a").unwrap();
    for _ in 0..2 {
        assert_eq!(received(&mut driver, receive(&arn)).len(), 1);
        driver.pass(10_000);
    }
    assert_eq!(received(&mut driver, receive(&arn)), []);
    let dead = dead_letters(&mut driver, &arn);
    assert_eq!(dead.iter().map(text).collect::<Vec<_>>(), ["a"]);
    assert_eq!(acknowledge(&mut driver, &arn, &dead), ["ResourceNotFoundException"], "it is no record of the queue");
    let entry = model::RestoreDeadLetterQueueRecordsRequestEntry { receipt_handle: dead[0].receipt_handle.clone() };
    let input = model::RestoreDeadLetterQueueRecordsInput { entries: Some(vec![entry]), queue_arn: Some(arn.clone()) };
    let Reply::RestoreDeadLetterQueueRecords(output) =
        driver.call(Command::RestoreDeadLetterQueueRecords(input)).unwrap()
    else {
        panic!()
    };
    assert_eq!(output.failed, Some(vec![]));
    let restored = received(&mut driver, receive(&arn));
    assert_eq!((text(&restored[0]), restored[0].receive_count), ("a", Some(1)));
    assert_eq!(dead_letters(&mut driver, &arn), []);
}

#[test]
fn receive_waits_until_a_record_comes_or_is_shown_again() {
    let mut driver = Driver::new();
    let arn = queue(&mut driver);
    let wait = |secs| {
        let (queue_arn, wait_time_seconds) = (Some(arn.clone()), Some(secs));
        Command::ReceiveQueueRecords(model::ReceiveQueueRecordsInput {
            queue_arn,
            wait_time_seconds,
            ..Default::default()
        })
    };
    let ticket = driver.call_or_wait(wait(20)).unwrap().unwrap_err();
    driver.pass(5_000);
    assert_eq!(driver.answers, []);
    driver.put("s", "k", "a").unwrap();
    let got = |driver: &mut Driver| -> Vec<(u64, Ticket, Vec<String>)> {
        let texts = |reply| records(reply).iter().map(|record| text(record).to_owned()).collect();
        driver.answers.drain(..).map(|(at, ticket, reply)| (at, ticket, texts(reply))).collect()
    };
    let now = driver.now;
    assert_eq!(got(&mut driver), [(now, ticket, vec!["a".to_owned()])]);
    let again = driver.call_or_wait(wait(20)).unwrap().unwrap_err();
    let nothing = driver.call_or_wait(wait(2)).unwrap().unwrap_err();
    driver.pass(15_000);
    assert_eq!(got(&mut driver), [(now + 2_000, nothing, vec![]), (now + 10_000, again, vec!["a".to_owned()])]);
}

#[test]
fn visibility_can_be_changed_and_zero_shows_a_record_at_once() {
    let mut driver = Driver::new();
    let arn = queue(&mut driver);
    driver.put("s", "k", "a").unwrap();
    let first = received(&mut driver, receive(&arn));
    let hide = |record: &QueueRecord, secs| {
        let entry = model::UpdateQueueRecordsVisibilityRequestEntry {
            receipt_handle: record.receipt_handle.clone(),
            visibility_timeout_seconds: Some(secs),
        };
        let input =
            model::UpdateQueueRecordsVisibilityInput { entries: Some(vec![entry]), queue_arn: Some(arn.clone()) };
        Command::UpdateQueueRecordsVisibility(input)
    };
    driver.call(hide(&first[0], 60)).unwrap();
    driver.pass(50_000);
    assert_eq!(received(&mut driver, receive(&arn)), []);
    driver.call(hide(&first[0], 0)).unwrap();
    assert_eq!(received(&mut driver, receive(&arn)).len(), 1);
}

#[test]
fn stream_with_queues_is_neither_deleted_nor_provisioned() {
    let mut driver = Driver::new();
    let arn = queue(&mut driver);
    let has = Error::from(QueueFault::HasQueues { stream: "s".into(), account: ACCOUNT.into() });
    let delete =
        || Command::DeleteStream(model::DeleteStreamInput { stream_name: Some("s".to_owned()), ..Default::default() });
    assert_eq!(driver.call(delete()).unwrap_err(), has);
    let mode = model::StreamModeDetails { stream_mode: Some(model::StreamMode::Provisioned) };
    let (stream_arn, stream_mode_details) = (Some(driver.arn("s")), Some(mode));
    let input = model::UpdateStreamModeInput { stream_arn, stream_mode_details, ..Default::default() };
    assert_eq!(driver.call(Command::UpdateStreamMode(input)).unwrap_err(), has);
    driver.call(Command::DeleteQueue(model::DeleteQueueInput { queue_arn: Some(arn.clone()) })).unwrap();
    driver.pass(1_000);
    let gone = Error::from(QueueFault::NotFound { arn: arn.clone() });
    assert_eq!(driver.call_or_wait(receive(&arn)).unwrap_err(), gone);
    driver.call(delete()).unwrap();
}

#[test]
fn every_record_of_all_shards_is_handed_out_in_batches_of_ten() {
    let mut driver = Driver::new();
    let arn = queue(&mut driver);
    let mut sent: Vec<_> = (0..35).map(|number| number.to_string()).collect();
    for text in &sent {
        driver.put("s", text, text).unwrap();
    }
    let (mut sizes, mut found) = (Vec::new(), Vec::new());
    loop {
        let batch = received(&mut driver, receive(&arn));
        if batch.is_empty() {
            break;
        }
        sizes.push(batch.len());
        found.extend(batch.iter().map(|record| text(record).to_owned()));
        assert_eq!(acknowledge(&mut driver, &arn, &batch), [""; 0]);
    }
    sent.sort();
    found.sort();
    assert_eq!((sizes, found), (vec![10, 10, 10, 5], sent));
}
