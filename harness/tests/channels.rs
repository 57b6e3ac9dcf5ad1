//! Channels of Kinesis, in process and in virtual time.

#![expect(clippy::unwrap_used, reason = "what a test takes for granted fails the test")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::{
    ChannelStreamConfiguration, RecordConfiguration, RecordFormatType, S3CompressionType, S3DestinationConfiguration,
    S3StorageConfiguration, StreamMode, StreamModeDetails,
};
use redeliver::Harness;

/// A stream `s` with a channel to `bucket` that is ready.
async fn channel(harness: &Harness, compression: S3CompressionType) -> aws_sdk_kinesis::Client {
    let kinesis = harness.kinesis();
    let on_demand = StreamModeDetails::builder().stream_mode(StreamMode::OnDemand).build().unwrap();
    kinesis.create_stream().stream_name("s").stream_mode_details(on_demand).send().await.unwrap();
    harness.clock().advance(Duration::from_secs(1)).await;
    let summary = kinesis.describe_stream_summary().stream_name("s").send().await.unwrap();
    let stream = summary.stream_description_summary.unwrap().stream_arn;
    let records = RecordConfiguration::builder().record_format_type(RecordFormatType::Json).build().unwrap();
    let source = ChannelStreamConfiguration::builder().stream_arn(stream).record_configuration(records).build();
    let storage = S3StorageConfiguration::builder()
        .bucket_arn("arn:aws:s3:::bucket")
        .expected_bucket_owner("000000000000")
        .compression_type(compression)
        .output_key_template("data/stream=!{stream-name}!{extension:.json}")
        .build()
        .unwrap();
    kinesis
        .create_channel()
        .channel_name("c")
        .service_execution_role_arn("arn:aws:iam::000000000000:role/delivery")
        .stream_configuration_list(source.unwrap())
        .s3_destination_configuration(S3DestinationConfiguration::builder().storage_configuration(storage).build())
        .send()
        .await
        .unwrap();
    harness.clock().advance(Duration::from_secs(1)).await;
    kinesis
}

async fn put(kinesis: &aws_sdk_kinesis::Client, text: &str) {
    let data = Blob::new(text.as_bytes());
    kinesis.put_record().stream_name("s").partition_key("k").data(data).send().await.unwrap();
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let below = entries.flat_map(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path) } else { vec![path] }
    });
    below.collect()
}

#[tokio::test(start_paused = true)]
async fn objects_are_files_of_a_folder_without_anybody_asking() {
    let folder = tempfile::tempdir().unwrap();
    let harness = Harness::builder().channel_folder(folder.path()).build();
    let kinesis = channel(&harness, S3CompressionType::None).await;
    put(&kinesis, "{\"a\":1}").await;
    put(&kinesis, "{\"a\":2}").await;
    harness.clock().advance(Duration::from_secs(299)).await;
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);
    harness.clock().advance(Duration::from_secs(2)).await;
    let written = files(folder.path());
    let [file] = written.as_slice() else { panic!("{written:?}") };
    let below = file.strip_prefix(folder.path()).unwrap().to_str().unwrap();
    let suffix = below.strip_prefix("bucket/data/stream=s-").and_then(|rest| rest.strip_suffix(".json"));
    assert_eq!(suffix.map(str::len), Some(36), "{below}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "{\"a\":1}{\"a\":2}");
    assert!(harness.outbox().is_empty());
}

#[tokio::test(start_paused = true)]
async fn objects_are_in_the_outbox_where_there_is_no_folder() {
    let harness = Harness::builder().build();
    let kinesis = channel(&harness, S3CompressionType::Gzip).await;
    put(&kinesis, "{}").await;
    put(&kinesis, "wrong").await;
    assert!(harness.outbox().is_empty());
    harness.clock().advance(Duration::from_mins(5)).await;
    let entries = harness.outbox();
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            let of = |name: &str| entry.attributes[name].as_str();
            (entry.protocol, entry.message.contains("no JSON"), of("compression"), of("records"), of("dead-letters"))
        })
        .collect();
    assert_eq!(told, [("s3", false, "GZIP", "1", "false"), ("s3", true, "NONE", "1", "true")]);
    assert_eq!(entries[0].message, "{}");
    assert!(entries[0].endpoint.starts_with("s3://bucket/data/stream=s-"), "{}", entries[0].endpoint);
    assert!(entries[1].endpoint.starts_with("s3://bucket/kinesis-channel/errors/c/"), "{}", entries[1].endpoint);
}
