//! The events of `SubscribeToShard` as one reply: the subscription is listened to until it ends.

use std::time::Duration;

use aws_sdk_kinesis::Client;
use aws_sdk_kinesis::primitives::DateTime;
use aws_sdk_kinesis::types::{ChildShard, Record, SubscribeToShardEvent, SubscribeToShardEventStream};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::sdk::{Seen, Sent, seen};
use super::tap::{Raw, Tap};

/// How long a subscription lasts:
/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html>.
pub(super) const TIME_MAX: Duration = Duration::from_mins(5);

/// Subscribes with what `tap` carries and puts the events into it, each as a map with its name as the only key.
pub(crate) fn subscribe_to_shard(client: &Client, tap: Tap) -> Sent {
    let request = client.subscribe_to_shard().consumer_arn(tap.arn("ConsumerARN")).customize().interceptor(tap.clone());
    Box::pin(async move {
        let mut stream = match request.send().await {
            Ok(output) => output.event_stream,
            Err(error) => return seen::<(), _, _>(Err(error)),
        };
        let mut events = Vec::new();
        loop {
            match stream.recv().await {
                Ok(Some(SubscribeToShardEventStream::SubscribeToShardEvent(event))) => {
                    events.push(json!({ "SubscribeToShardEvent": shown(&event) }));
                }
                Ok(Some(_)) => {
                    tap.put(reply(&events));
                    return Seen::Unparsed("an event that the SDK does not know".to_owned());
                }
                Ok(None) => break,
                Err(SdkError::ServiceError(error)) => {
                    let error = error.into_err();
                    let name = error.code().unwrap_or_default().to_owned();
                    events.push(json!({ name: { "message": error.message() } }));
                    break;
                }
                Err(error) => {
                    // The answer itself had come.
                    tap.put(reply(&events));
                    return Seen::Lost(error.to_string());
                }
            }
        }
        tap.put(reply(&events));
        Seen::Success
    })
}

/// The events as a reply.
fn reply(events: &[Value]) -> Raw {
    let body = json!({ "EventStream": events }).to_string().into_bytes();
    Raw { status: 200, query_error: None, error_type: None, body }
}

fn shown(event: &SubscribeToShardEvent) -> Value {
    let mut shown = Map::new();
    shown.insert("Records".to_owned(), event.records().iter().map(record).collect());
    // The SDK has an empty text for what is missing.
    if !event.continuation_sequence_number().is_empty() {
        shown.insert("ContinuationSequenceNumber".to_owned(), event.continuation_sequence_number().into());
    }
    shown.insert("MillisBehindLatest".to_owned(), event.millis_behind_latest().into());
    if let Some(children) = &event.child_shards {
        shown.insert("ChildShards".to_owned(), children.iter().map(child).collect());
    }
    shown.into()
}

fn record(record: &Record) -> Value {
    let mut shown = Map::new();
    shown.insert("SequenceNumber".to_owned(), record.sequence_number().into());
    if let Some(time) = record.approximate_arrival_timestamp().map(DateTime::as_secs_f64) {
        shown.insert("ApproximateArrivalTimestamp".to_owned(), time.into());
    }
    shown.insert("Data".to_owned(), STANDARD.encode(record.data()).into());
    if let Some(key) = record.partition_key() {
        shown.insert("PartitionKey".to_owned(), key.into());
    }
    if let Some(encryption) = record.encryption_type() {
        shown.insert("EncryptionType".to_owned(), encryption.as_str().into());
    }
    shown.into()
}

fn child(shard: &ChildShard) -> Value {
    let range = shard
        .hash_key_range()
        .map(|range| json!({ "StartingHashKey": range.starting_hash_key(), "EndingHashKey": range.ending_hash_key() }));
    json!({ "ShardId": shard.shard_id(), "ParentShards": shard.parent_shards(), "HashKeyRange": range })
}
