"""Puts records that are aggregated as the Kinesis Producer Library does, and reads them back; leaves the stream for others to read."""

import base64
import hashlib
import os
from collections import defaultdict

import boto3
from aws_kinesis_agg.aggregator import RecordAggregator
from aws_kinesis_agg.deaggregator import iter_deaggregate_records
from expect import expect, step

STREAM = "aggregated"
KEYS = [f"key-{number}" for number in range(8)]
EACH = 40
TOGETHER = 20

kinesis = boto3.client("kinesis")


def create():
    kinesis.create_stream(StreamName=STREAM, ShardCount=2)
    kinesis.get_waiter("stream_exists").wait(StreamName=STREAM, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    return [(shard["ShardId"], int(shard["HashKeyRange"]["EndingHashKey"])) for shard in kinesis.list_shards(StreamName=STREAM)["Shards"]]


def flush(shard, aggregator):
    key, hash_key, data = aggregator.clear_and_get().get_contents()
    expect("magic number", "f3899ac2", data[:4].hex())
    expect("no hash key of its own", None, hash_key)
    sent = kinesis.put_record(StreamName=STREAM, PartitionKey=key, Data=data)
    expect("shard of the first of them", shard, sent["ShardId"])


def put(shards):
    """Records that are put together belong to one shard, each by its own key."""
    aggregators = {shard: RecordAggregator() for shard, _ in shards}
    for number in range(EACH):
        for key in KEYS:
            hashed = int.from_bytes(hashlib.md5(key.encode()).digest(), "big")
            shard = next(shard for shard, last in shards if hashed <= last)
            aggregators[shard].add_user_record(key, str(number).encode())
            if aggregators[shard].get_num_user_records() == TOGETHER:
                flush(shard, aggregators[shard])
    for shard, aggregator in aggregators.items():
        if aggregator.get_num_user_records():
            flush(shard, aggregator)


def read(shards):
    seen, number = defaultdict(list), 0
    for shard, _ in shards:
        position = kinesis.get_shard_iterator(StreamName=STREAM, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        records = kinesis.get_records(ShardIterator=position["ShardIterator"])["Records"]
        number += len(records)
        for record in iter_deaggregate_records(records, data_format="Boto3"):
            user = record["kinesis"]
            seen[user["partitionKey"]].append(int(base64.b64decode(user["data"])))
    expect("fewer records than were put", True, number < len(KEYS) * EACH / 10)
    expect("each key in order", {key: list(range(EACH)) for key in KEYS}, dict(seen))


print(f"boto3 {boto3.__version__} aws-kinesis-agg {os.environ['AWS_ENDPOINT_URL']}")
shards = step("create", create)
step("put", put, shards)
step("read", read, shards)
