//! Streams come and go, and say what they are busy with.

use redeliver_core::Limits;
use redeliver_core::kinesis::Error;
use redeliver_model::kinesis::{self as model, Command, Reply, StreamStatus};

use crate::driver::{ACCOUNT, Driver};

fn not_found(stream: &str) -> Error {
    Error::StreamNotFound { stream: stream.to_owned(), account: ACCOUNT.into() }
}

fn delete(driver: &mut Driver, name: &str) -> Result<(), Error> {
    let input = model::DeleteStreamInput { stream_name: Some(name.to_owned()), ..Default::default() };
    driver.call(Command::DeleteStream(input)).map(|_| ())
}

#[test]
fn stream_is_creating_then_active_then_deleting_then_gone() {
    let mut driver = Driver::new();
    assert_eq!(driver.status("s"), Err(not_found("s")));
    driver.create("s", 2).unwrap();
    assert_eq!((driver.status("s"), driver.shards("s")), (Ok(StreamStatus::Creating), vec![]));
    driver.wait(999);
    assert_eq!(driver.status("s"), Ok(StreamStatus::Creating));
    driver.wait(1);
    assert_eq!((driver.status("s"), driver.shards("s").len()), (Ok(StreamStatus::Active), 2));
    delete(&mut driver, "s").unwrap();
    assert_eq!(driver.status("s"), Ok(StreamStatus::Deleting));
    driver.put("s", "k", "a deleted stream may still be written for a while").unwrap();
    driver.wait(1_000);
    assert_eq!(driver.status("s"), Err(not_found("s")));
}

#[test]
fn stream_in_the_making_takes_no_records_but_can_be_deleted() {
    let mut driver = Driver::new();
    driver.create("s", 1).unwrap();
    assert_eq!(driver.put("s", "k", "early").unwrap_err(), not_found("s"));
    delete(&mut driver, "s").unwrap();
    assert_eq!(driver.status("s"), Ok(StreamStatus::Deleting));
}

#[test]
fn name_is_taken_once_in_a_region() {
    let mut driver = Driver::new();
    driver.create("s", 1).unwrap();
    let exists = Error::StreamExists { stream: "s".into(), account: ACCOUNT.into() };
    assert_eq!(driver.create("s", 1), Err(exists.clone()));
    assert_eq!(exists.to_string(), "Stream s under account 000000000000 already exists.");
    driver.region = "eu-west-1";
    driver.create("s", 1).unwrap();
}

#[test]
fn five_streams_are_made_at_once() {
    let mut driver = Driver::new();
    for number in 0..5 {
        driver.create(&format!("s{number}"), 1).unwrap();
    }
    assert_eq!(driver.create("s5", 1), Err(Error::TooManyCreating { account: ACCOUNT.into() }));
    driver.wait(1_000);
    driver.create("s5", 1).unwrap();
}

#[test]
fn absurd_numbers_of_shards_are_refused_before_anything_is_made() {
    let mut driver = Driver::new();
    driver.stream("s", 3);
    let refused = driver.create("huge", i32::MAX).unwrap_err();
    let expected = Error::TooManyShards {
        account: ACCOUNT.into(),
        region: "us-east-1".into(),
        current: 3,
        limit: 20_000,
        more: 2_147_483_647,
    };
    assert_eq!(refused, expected);
    assert!(refused.to_string().starts_with(
        "This request would exceed the shard limit for the account 000000000000 in us-east-1. Current shard count for the \
         account: 3. Limit: 20000. Number of additional shards that would have resulted from this request: 2147483647."
    ));
    assert_eq!(driver.status("huge"), Err(not_found("huge")));
}

#[test]
fn stream_without_number_of_shards_is_on_demand_with_four() {
    let mut driver = Driver::new();
    let input = model::CreateStreamInput { stream_name: Some("s".to_owned()), ..Default::default() };
    driver.call(Command::CreateStream(input)).unwrap();
    driver.wait(1_000);
    let summary = driver.summary("s").unwrap();
    let mode = model::StreamModeDetails { stream_mode: Some(model::StreamMode::OnDemand) };
    assert_eq!((summary.stream_mode_details, summary.open_shard_count), (Some(mode), Some(4)));
    assert_eq!(driver.shards("s").len(), 4);
}

#[test]
fn on_demand_streams_are_counted() {
    let mut driver = Driver::with(Limits { on_demand_streams: 1, ..Limits::default() }, redeliver_core::Calm);
    driver.on_demand("s");
    let input = model::CreateStreamInput { stream_name: Some("t".to_owned()), ..Default::default() };
    let refused = driver.call(Command::CreateStream(input)).unwrap_err();
    assert_eq!(refused, Error::TooManyOnDemand { account: ACCOUNT.into(), limit: 1 });
}

#[test]
fn description_tells_all_of_a_new_stream() {
    let mut driver = Driver::new();
    let created_at = redeliver_model::Timestamp(driver.now);
    driver.stream("s", 1);
    let input = model::DescribeStreamInput { stream_arn: Some(driver.arn("s")), ..Default::default() };
    let Reply::DescribeStream(output) = driver.call(Command::DescribeStream(input)).unwrap() else { panic!() };
    let expected = model::StreamDescription {
        encryption_type: Some(model::EncryptionType::None),
        enhanced_monitoring: Some(vec![model::EnhancedMetrics { shard_level_metrics: Some(vec![]) }]),
        has_more_shards: Some(false),
        key_id: None,
        retention_period_hours: Some(24),
        shards: Some(driver.shards("s")),
        stream_arn: Some(driver.arn("s")),
        stream_creation_timestamp: Some(created_at),
        stream_mode_details: Some(model::StreamModeDetails { stream_mode: Some(model::StreamMode::Provisioned) }),
        stream_name: Some("s".to_owned()),
        stream_status: Some(StreamStatus::Active),
    };
    assert_eq!(output.stream_description, Some(expected));
}

#[test]
fn name_and_arn_have_to_agree() {
    let mut driver = Driver::new();
    driver.stream("s", 1);
    let ask = |name: Option<&str>, arn: Option<String>| {
        let stream_name = name.map(str::to_owned);
        Command::DescribeStream(model::DescribeStreamInput { stream_name, stream_arn: arn, ..Default::default() })
    };
    let arn = driver.arn("s");
    assert!(driver.call(ask(Some("s"), Some(arn.clone()))).is_ok());
    let differ = Error::NamesDiffer { name: "t".to_owned(), arn: arn.clone() };
    assert_eq!(driver.call(ask(Some("t"), Some(arn))).unwrap_err(), differ);
    assert_eq!(driver.call(ask(None, None)).unwrap_err(), Error::NoStream);
    let arn = "arn:aws:sqs:us-east-1:000000000000:s".to_owned();
    assert_eq!(driver.call(ask(None, Some(arn.clone()))).unwrap_err(), Error::StreamArn { arn });
}
