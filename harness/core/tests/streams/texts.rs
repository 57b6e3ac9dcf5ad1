//! Every fact has a code.

use redeliver_core::kinesis::{Error, HashKey, HashRange, QueueFault, ShardId};
use redeliver_model::Timestamp;
use redeliver_model::kinesis::StreamStatus;

const RANGE: HashRange = HashRange { start: HashKey(0), end: HashKey(9) };

/// Facts about streams with their codes.
fn facts() -> Vec<(&'static str, Error)> {
    let (stream, account) = (|| "s".into(), || "1".into());
    let value = || "v".to_owned();
    vec![
        ("ValidationException", Error::Missing { member: "m" }),
        ("ValidationException", Error::Unknown { member: "m", value: value() }),
        ("ValidationException", Error::OutOfRange { member: "m", value: 1, must: "be 2" }),
        ("ValidationException", Error::Creation { reason: "r" }),
        ("ValidationException", Error::NoWarmThroughput),
        ("ValidationException", Error::OnDemand { operation: "X" }),
        ("InvalidArgumentException", Error::Distribution),
        ("InvalidArgumentException", Error::NoStream),
        ("InvalidArgumentException", Error::StreamArn { arn: value() }),
        ("InvalidArgumentException", Error::NamesDiffer { name: value(), arn: value() }),
        ("ResourceNotFoundException", Error::StreamNotFound { stream: value(), account: account() }),
        ("ResourceNotFoundException", Error::ShardNotFound { shard: value(), stream: stream(), account: account() }),
        (
            "ResourceNotFoundException",
            Error::ShardToReshardNotFound { shard: value(), stream: stream(), account: account() },
        ),
        ("ResourceInUseException", Error::StreamExists { stream: stream(), account: account() }),
        (
            "ResourceInUseException",
            Error::StreamNotActive { stream: stream(), account: account(), status: StreamStatus::Creating },
        ),
        ("LimitExceededException", Error::TooManyCreating { account: account() }),
        (
            "LimitExceededException",
            Error::TooManyShards { account: account(), region: stream(), current: 1, limit: 2, more: 3 },
        ),
        ("LimitExceededException", Error::TooManyShardsOfStream { limit: 1 }),
        ("LimitExceededException", Error::TooManyOnDemand { account: account(), limit: 1 }),
        ("LimitExceededException", Error::TooOften { operation: "X", limit: 1 }),
    ]
}

/// Those about records, shards, iterators and queues.
fn more_facts() -> Vec<(&'static str, Error)> {
    let (stream, account) = (|| "s".into(), || "1".into());
    let (shard, value, time) = (ShardId(0), || "v".to_owned(), Timestamp(0));
    vec![
        ("InvalidArgumentException", Error::ExplicitHashKey { value: value() }),
        (
            "InvalidArgumentException",
            Error::NotInside { value: value(), shard, stream: stream(), account: account(), range: RANGE },
        ),
        ("InvalidArgumentException", Error::AlreadyResharded { shard, stream: stream(), account: account() }),
        (
            "InvalidArgumentException",
            Error::NotAdjacent { shard, adjacent: shard, stream: stream(), account: account() },
        ),
        ("InvalidArgumentException", Error::ScaledTooFar { up: true, current: 1, target: 3 }),
        ("InvalidArgumentException", Error::RetentionTooShort { hours: 1 }),
        ("InvalidArgumentException", Error::RetentionTooLong { hours: 9_999 }),
        (
            "InvalidArgumentException",
            Error::RetentionDirection { hours: 1, current: 2, longer: true, stream: stream() },
        ),
        ("InvalidArgumentException", Error::NoPartitionKey),
        (
            "InvalidArgumentException",
            Error::MinimumSequenceNumber { value: value(), stream: stream(), account: account() },
        ),
        ("InvalidArgumentException", Error::RecordTooLarge { size: 2, limit: 1 }),
        ("InvalidArgumentException", Error::BatchTooLarge { limit: 1 }),
        ("ProvisionedThroughputExceededException", Error::RateExceeded { shard, stream: stream(), account: account() }),
        ("InvalidArgumentException", Error::InvalidIterator),
        ("ExpiredIteratorException", Error::ExpiredIterator { made_at: time, now: time }),
        ("InvalidArgumentException", Error::StartingNumber { kind: value(), number: None }),
        (
            "InvalidArgumentException",
            Error::InvalidNumber { value: value(), operation: "X", shard, stream: stream(), account: account() },
        ),
        ("InvalidArgumentException", Error::NumberOfOtherShard { of: shard, used_for: shard }),
        ("InvalidArgumentException", Error::NoTimestamp),
        ("InvalidArgumentException", Error::TimestampInFuture { timestamp: time, now: time }),
        ("InvalidArgumentException", Error::NoStreamNorToken),
        ("InvalidArgumentException", Error::StreamAndToken),
        ("InvalidArgumentException", Error::InvalidToken),
        ("ExpiredNextTokenException", Error::ExpiredToken { made_at: time, now: time }),
        ("InvalidArgumentException", Error::Filter { lacks: "l" }),
        ("DryRunOperationException", Error::DryRun),
        ("ResourceNotFoundException", QueueFault::NotFound { arn: value() }.into()),
        ("ResourceInUseException", QueueFault::Exists { name: value(), account: account() }.into()),
        ("ResourceInUseException", QueueFault::NotActive { name: stream(), status: value() }.into()),
        ("ResourceInUseException", QueueFault::HasQueues { stream: stream(), account: account() }.into()),
        ("LimitExceededException", QueueFault::TooManyBusy { limit: 1 }.into()),
        ("LimitExceededException", QueueFault::TooManyOfStream { limit: 1 }.into()),
        ("ValidationException", QueueFault::Unfit { reason: "r" }.into()),
        ("ThrottlingException", QueueFault::TooManyInFlight { limit: 1 }.into()),
    ]
}

#[test]
fn every_fact_has_a_modelled_code_and_a_text() {
    for (code, fact) in facts().into_iter().chain(more_facts()) {
        let told = fact.describe();
        let status = if code == "InternalFailureException" { 500 } else { 400 };
        assert_eq!((told.code, told.status, told.message.is_empty()), (code, status, false), "{fact:?}");
    }
}
