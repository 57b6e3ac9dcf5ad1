//! Channels write what streams take into objects.

use redeliver_core::kinesis::{ChannelFault, Compression, Error, StoredObject};
use redeliver_core::{Limits, Oracle};
use redeliver_model::kinesis::{self as model, ChannelStatus, Command, RecordFormatType, Reply};

use crate::driver::{ACCOUNT, Driver};

/// The parameters of a channel to the bucket `bucket`.
fn input(driver: &Driver, name: &str, format: RecordFormatType) -> model::CreateChannelInput {
    let storage = model::S3StorageConfiguration {
        bucket_arn: Some("arn:aws:s3:::bucket".to_owned()),
        compression_type: Some(model::S3CompressionType::Gzip),
        expected_bucket_owner: Some(ACCOUNT.to_owned()),
        output_key_template: Some("!{stream-name}/!{HH}!{mm}!{extension}".to_owned()),
        storage_class: None,
    };
    model::CreateChannelInput {
        channel_name: Some(name.to_owned()),
        service_execution_role_arn: Some(format!("arn:aws:iam::{ACCOUNT}:role/delivery")),
        stream_configuration_list: Some(vec![model::ChannelStreamConfiguration {
            record_configuration: Some(model::RecordConfiguration {
                record_format_type: Some(format),
                gsr_schema_arn: None,
            }),
            stream_arn: Some(driver.arn("s")),
        }]),
        s3_destination_configuration: Some(model::S3DestinationConfiguration {
            storage_configuration: Some(storage),
            ..Default::default()
        }),
        ..Default::default()
    }
}

/// The parameters of a channel to a table.
fn table(driver: &Driver, name: &str) -> model::CreateChannelInput {
    let table = model::S3TablesConfiguration {
        compression_type: Some(model::S3TablesCompressionType::Zstd),
        namespace: Some("n".to_owned()),
        table_name: Some("t".to_owned()),
        table_bucket_arn: Some(format!("arn:aws:s3tables:us-east-1:{ACCOUNT}:bucket/tables")),
        partition_spec: None,
    };
    let mut input = input(driver, name, RecordFormatType::Json);
    input.s3_destination_configuration = None;
    input.s3_tables_destination_configuration = Some(model::S3TablesDestinationConfiguration {
        dead_letter_queue_s3_configuration: Some(model::DeadLetterQueueS3Configuration {
            bucket_arn: Some("arn:aws:s3:::errors".to_owned()),
            error_output_prefix: Some("wrong/".to_owned()),
            expected_bucket_owner: Some(ACCOUNT.to_owned()),
        }),
        s3_tables_configuration_list: Some(vec![table]),
        data_freshness_in_seconds: Some(900),
    });
    if let Some(source) = input.stream_configuration_list.iter_mut().flatten().next() {
        let schema = format!("arn:aws:glue:us-east-1:{ACCOUNT}:schema/r/s");
        source.record_configuration.as_mut().unwrap().gsr_schema_arn = Some(schema);
    }
    input
}

fn create(driver: &mut Driver, input: model::CreateChannelInput) -> Result<model::ChannelDescription, Error> {
    match driver.call(Command::CreateChannel(input))? {
        Reply::CreateChannel(output) => Ok(output.channel_description.unwrap()),
        other => panic!("{other:?}"),
    }
}

fn describe(driver: &mut Driver, arn: &str) -> Result<model::ChannelDescription, Error> {
    let channel_arn = Some(arn.to_owned());
    match driver.call(Command::DescribeChannel(model::DescribeChannelInput { channel_arn }))? {
        Reply::DescribeChannel(output) => Ok(output.channel_description.unwrap()),
        other => panic!("{other:?}"),
    }
}

/// A stream `s` with a channel that is ready; gives the channel's ARN.
fn channel(driver: &mut Driver, format: RecordFormatType) -> String {
    driver.on_demand("s");
    let input = input(driver, "c", format);
    let arn = create(driver, input).unwrap().channel_arn.unwrap();
    driver.pass(1_000);
    arn
}

/// Bucket, key without its suffix, body, records.
fn told(object: &StoredObject) -> (&str, String, &str, usize) {
    let body = std::str::from_utf8(&object.body).unwrap();
    (&object.bucket, object.key.replace(&object.id.to_string(), "ID"), body, object.records)
}

#[test]
fn records_are_written_when_the_oldest_has_waited_for_the_freshness() {
    let mut driver = Driver::new();
    driver.on_demand("s");
    driver.put("s", "k", "before it was asked for").unwrap();
    let input = input(&driver, "c", RecordFormatType::ByteArray);
    let made = create(&mut driver, input).unwrap();
    assert_eq!(made.channel_status, Some(ChannelStatus::Creating));
    driver.put("s", "k", "before it is there").unwrap();
    driver.pass(1_000);
    let arn = made.channel_arn.unwrap();
    assert_eq!(describe(&mut driver, &arn).unwrap().channel_status, Some(ChannelStatus::Active));
    driver.put("s", "k", "one").unwrap();
    let first = driver.now;
    driver.pass(200_000);
    driver.put("s", "k", "two").unwrap();
    driver.pass(99_999);
    assert_eq!(driver.objects, []);
    driver.pass(1);
    let object = driver.objects.pop().unwrap();
    assert_eq!(driver.objects, []);
    assert_eq!(told(&object), ("bucket", "s/0005-ID.gz".to_owned(), "onetwo", 2));
    assert_eq!(
        (object.at.as_millis(), &*object.channel, object.compression, &*object.storage_class, object.is_dead_letter),
        (first + 300_000, &*arn, Compression::Gzip, "STANDARD", false)
    );
    driver.pass(1_000_000);
    assert_eq!(driver.objects, [], "nothing is written twice, and nothing empty");
}

#[test]
fn no_record_is_lost_or_written_twice_through_splits_and_many_deliveries() {
    let mut driver = Driver::new();
    channel(&mut driver, RecordFormatType::String);
    let mut expected = Vec::new();
    for round in 0..40 {
        for number in 0..5 {
            let text = format!("{round}.{number} ");
            driver.put("s", &format!("key{number}"), &text).unwrap();
            expected.push(text);
        }
        if round == 20 {
            let mib = Some(6);
            let stream_name = Some("s".to_owned());
            let input = model::UpdateStreamWarmThroughputInput {
                stream_name,
                warm_throughput_mi_bps: mib,
                ..Default::default()
            };
            driver.call(Command::UpdateStreamWarmThroughput(input)).unwrap();
        }
        driver.pass(47_000);
    }
    driver.pass(300_000);
    let bodies: String = driver.objects.iter().map(|object| told(object).2.to_owned()).collect();
    let mut written: Vec<_> = bodies.split_inclusive(' ').map(str::to_owned).collect();
    written.sort();
    expected.sort();
    assert_eq!(written, expected);
    assert!(driver.objects.len() > 5, "{}", driver.objects.len());
}

#[test]
fn records_of_the_wrong_format_are_dead_letters() {
    let mut driver = Driver::new();
    let arn = channel(&mut driver, RecordFormatType::Json);
    let id = arn.rsplit('/').next().unwrap().to_owned();
    driver.put("s", "k", "{\"a\":1}").unwrap();
    driver.put("s", "k", "no JSON").unwrap();
    driver.pass(300_000);
    let [good, bad] = driver.objects.as_slice() else { panic!("{:?}", driver.objects) };
    assert_eq!(told(good), ("bucket", "s/0005-ID.gz".to_owned(), "{\"a\":1}", 1));
    let (bucket, key, line, records) = told(bad);
    assert_eq!((bucket, key, records), ("bucket", format!("kinesis-channel/errors/c/{id}/c-ID.json"), 1));
    assert!(bad.is_dead_letter && bad.compression == Compression::None);
    assert!(line.contains("\"rawData\":\"bm8gSlNPTg==\"") && line.ends_with("}\n"), "{line}");
}

#[test]
fn rows_of_tables_are_lines() {
    let mut driver = Driver::new();
    channel(&mut driver, RecordFormatType::Json);
    let input = table(&driver, "t");
    create(&mut driver, input).unwrap();
    driver.pass(1_000);
    driver.put("s", "k", "{}").unwrap();
    driver.put("s", "k", "[1]").unwrap();
    driver.put("s", "k", "?").unwrap();
    driver.pass(900_000);
    let told: Vec<_> = driver.objects.iter().filter(|object| object.bucket != "bucket").map(told).collect();
    assert_eq!(told[0], ("tables", "n/t/data/ID.json".to_owned(), "{}\n[1]\n", 2));
    assert_eq!((told[1].0, &*told[1].1, told.len()), ("errors", "wrong/t-ID.json", 2));
}

#[test]
fn stream_has_one_channel_of_each_kind_and_goes_after_them() {
    let mut driver = Driver::new();
    let arn = channel(&mut driver, RecordFormatType::Json);
    let input = input(&driver, "other", RecordFormatType::Json);
    assert_eq!(create(&mut driver, input), Err(ChannelFault::TooManyOfStream { kind: "S3" }.into()));
    let input = table(&driver, "c");
    let exists = ChannelFault::Exists { name: "c".to_owned(), account: ACCOUNT.into() };
    assert_eq!(create(&mut driver, input), Err(exists.into()));
    assert_eq!(driver.summary("s").unwrap().channel_count, Some(1));
    let delete = |driver: &mut Driver| {
        let stream_name = Some("s".to_owned());
        driver.call(Command::DeleteStream(model::DeleteStreamInput { stream_name, ..Default::default() }))
    };
    let has = ChannelFault::HasChannels { stream: "s".into(), account: ACCOUNT.into() };
    assert_eq!(delete(&mut driver), Err(has.into()));
    driver.put("s", "k", "{}").unwrap();
    let input = model::DeleteChannelInput { channel_arn: Some(arn.clone()) };
    driver.call(Command::DeleteChannel(input)).unwrap();
    assert_eq!(describe(&mut driver, &arn).unwrap().channel_status, Some(ChannelStatus::Deleting));
    driver.pass(1_000);
    assert_eq!(describe(&mut driver, &arn), Err(ChannelFault::NotFound { arn: arn.clone() }.into()));
    assert_eq!(delete(&mut driver), Ok(Reply::DeleteStream));
    driver.pass(1_000_000);
    assert_eq!(driver.objects, [], "a channel that is deleted writes nothing more");
}

#[test]
fn freshness_can_change_and_holds_for_what_waits() {
    let mut driver = Driver::new();
    let arn = channel(&mut driver, RecordFormatType::Json);
    driver.put("s", "k", "{}").unwrap();
    let first = driver.now;
    let update = |secs| {
        Command::UpdateChannel(model::UpdateChannelInput {
            channel_arn: Some(arn.clone()),
            s3_destination_configuration: Some(model::S3DestinationUpdateInput {
                data_freshness_in_seconds: Some(secs),
            }),
            ..Default::default()
        })
    };
    for secs in [299, 901] {
        let reason = "DataFreshnessInSeconds must be between 300 and 900.";
        assert_eq!(driver.call(update(secs)), Err(ChannelFault::Unfit { reason }.into()));
    }
    driver.call(update(600)).unwrap();
    let status = "UPDATING".to_owned();
    assert_eq!(driver.call(update(700)), Err(ChannelFault::NotActive { name: "c".into(), status }.into()));
    driver.pass(599_999);
    assert_eq!(driver.objects, []);
    driver.pass(1);
    assert_eq!(driver.objects.first().map(|object| object.at.as_millis()), Some(first + 600_000));
}

#[test]
fn channel_whose_making_fails_says_why_and_can_only_be_deleted() {
    struct Failing;
    impl Oracle for Failing {
        fn channel_fails(&mut self) -> Option<String> {
            Some("the bucket does not exist".to_owned())
        }
    }
    let mut driver = Driver::with(Limits::default(), Failing);
    let arn = channel(&mut driver, RecordFormatType::Json);
    let described = describe(&mut driver, &arn).unwrap();
    assert_eq!(
        (described.channel_status, described.channel_status_reason.as_deref()),
        (Some(ChannelStatus::Failed), Some("the bucket does not exist"))
    );
    driver.put("s", "k", "{}").unwrap();
    driver.pass(1_000_000);
    assert_eq!(driver.objects, []);
    driver.call(Command::DeleteChannel(model::DeleteChannelInput { channel_arn: Some(arn.clone()) })).unwrap();
    driver.pass(1_000);
    assert!(describe(&mut driver, &arn).is_err());
}
