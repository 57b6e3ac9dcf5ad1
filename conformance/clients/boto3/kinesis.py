"""The flow of streams of ../README.md with boto3."""

import hashlib
import os
import time
import uuid
from datetime import datetime, timedelta, timezone

import boto3
import botocore
from expect import expect, refused, step

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
RUN = uuid.uuid4().hex[:12]
STREAM = f"{RUN}-orders"
DATA = bytes(range(256))
TOP = 2**128 - 1
MIDDLE = 2**127

kinesis = boto3.client("kinesis")


def summary(stream=STREAM):
    return kinesis.describe_stream_summary(StreamName=stream)["StreamDescriptionSummary"]


def wait(name, stream=STREAM):
    kinesis.get_waiter(name).wait(StreamName=stream, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def wait_until_active():
    """The waiter of the SDK takes a stream that is being changed for none."""
    deadline = time.monotonic() + 60
    while summary()["StreamStatus"] != "ACTIVE":
        expect("active before the deadline", True, time.monotonic() < deadline)
        time.sleep(0.1)


def shards(**parameters):
    return kinesis.list_shards(StreamName=STREAM, **parameters)["Shards"]


def ids(found):
    return [shard["ShardId"] for shard in found]


def hash_range(shard):
    return tuple(int(shard["HashKeyRange"][name]) for name in ("StartingHashKey", "EndingHashKey"))


def home(key, found):
    """The shard that records of a partition key belong to."""
    hashed = int.from_bytes(hashlib.md5(key.encode()).digest(), "big")
    [shard] = [shard for shard in found if hash_range(shard)[0] <= hashed <= hash_range(shard)[1]]
    return shard["ShardId"]


def iterator(shard, kind, **parameters):
    return kinesis.get_shard_iterator(StreamName=STREAM, ShardId=shard, ShardIteratorType=kind, **parameters)["ShardIterator"]


def read(shard, kind="TRIM_HORIZON", **parameters):
    """Records up to the end of the shard, or to the present, and the children of a shard that ended."""
    records, position = [], iterator(shard, kind, **parameters)
    while True:
        page = kinesis.get_records(ShardIterator=position)
        records += page["Records"]
        position = page.get("NextShardIterator")
        if position is None:
            return records, page["ChildShards"]
        if page["MillisBehindLatest"] == 0 and not page["Records"]:
            return records, None


def numbers(records):
    return [int(record["SequenceNumber"]) for record in records]


def create():
    kinesis.create_stream(StreamName=STREAM, ShardCount=2, Tags={"team": "orders"})
    expect("on its way", "CREATING", summary()["StreamStatus"])
    wait("stream_exists")
    shown = summary()
    names = ("StreamName", "StreamStatus", "OpenShardCount", "RetentionPeriodHours", "EncryptionType", "ConsumerCount")
    expect("summary", (STREAM, "ACTIVE", 2, 24, "NONE", 0), tuple(shown[name] for name in names))
    expect("mode", "PROVISIONED", shown["StreamModeDetails"]["StreamMode"])
    arn = shown["StreamARN"].split(":")
    expect("ARN", ["kinesis", kinesis.meta.region_name, f"stream/{STREAM}"], [arn[2], arn[3], arn[5]])
    age = abs((datetime.now(timezone.utc) - shown["StreamCreationTimestamp"]).total_seconds())
    expect("created just now", True, age < 60)
    taken = kinesis.exceptions.ResourceInUseException
    refused("created again", taken, "ResourceInUseException", 400, kinesis.create_stream, StreamName=STREAM, ShardCount=1)
    described = kinesis.describe_stream(StreamName=STREAM)["StreamDescription"]
    expect("described", (ids(shards()), False), (ids(described["Shards"]), described["HasMoreShards"]))
    pages = kinesis.get_paginator("list_streams").paginate(PaginationConfig={"PageSize": 1})
    expect("listed", 1, [name for page in pages for name in page["StreamNames"]].count(STREAM))
    return shown["StreamARN"]


def list_shards():
    first, second = shards()
    expect("ids", ["shardId-000000000000", "shardId-000000000001"], ids([first, second]))
    expect("ranges", [(0, MIDDLE - 1), (MIDDLE, TOP)], [hash_range(first), hash_range(second)])
    expect("open", [False, False], ["EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in (first, second)])
    # The paginator of the SDK names the stream again, which AWS refuses.
    page = kinesis.list_shards(StreamName=STREAM, MaxResults=1)
    rest = kinesis.list_shards(NextToken=page["NextToken"])
    expect("in pages", ([first], [second], False), (page["Shards"], rest["Shards"], "NextToken" in rest))
    expect("after the first", [second], shards(ExclusiveStartShardId=first["ShardId"]))
    return [first, second]


def put(found):
    sent = kinesis.put_record(StreamName=STREAM, PartitionKey="naïve 日本", Data=DATA)
    expect("shard of the key", home("naïve 日本", found), sent["ShardId"])
    last = None
    for number in range(3):
        ordered = {"SequenceNumberForOrdering": last} if last else {}
        told = kinesis.put_record(StreamName=STREAM, PartitionKey="a", ExplicitHashKey="0", Data=b"%d" % number, **ordered)
        expect("shard of the hash key", found[0]["ShardId"], told["ShardId"])
        expect("numbers rise", True, last is None or int(last) < int(told["SequenceNumber"]))
        last = told["SequenceNumber"]
    return sent


def batch(found):
    records = [{"PartitionKey": f"key-{number % 5}", "Data": b"order %d" % number} for number in range(20)]
    sent = kinesis.put_records(StreamName=STREAM, Records=records)
    expect("none failed", 0, sent["FailedRecordCount"])
    expect("their shards", [home(record["PartitionKey"], found) for record in records], [told["ShardId"] for told in sent["Records"]])
    # A shard takes 1 MiB a second: of four records of 400 KB at least one is left out, and told so in its place.
    large = [{"PartitionKey": "a", "ExplicitHashKey": str(TOP), "Data": b"x" * 400_000} for _ in range(4)]
    sent = kinesis.put_records(StreamName=STREAM, Records=large)
    codes = [told.get("ErrorCode") for told in sent["Records"]]
    expect("too much for a shard", True, 0 < sent["FailedRecordCount"] == codes.count("ProvisionedThroughputExceededException"))
    expect("the others are in", 4 - sent["FailedRecordCount"], sum("SequenceNumber" in told for told in sent["Records"]))


def iterators(found, sent):
    shard = sent["ShardId"]
    records, _ = read(shard)
    expect("numbers rise", sorted(set(numbers(records))), numbers(records))
    for key in {record["PartitionKey"] for record in records if record["PartitionKey"].startswith("key-")}:
        orders = [int(record["Data"].split()[1]) for record in records if record["PartitionKey"] == key]
        expect("each key in order", [number for number in range(20) if f"key-{number % 5}" == key], orders)
    position = sent["SequenceNumber"]
    [record] = kinesis.get_records(ShardIterator=iterator(shard, "AT_SEQUENCE_NUMBER", StartingSequenceNumber=position), Limit=1)["Records"]
    expect("record", (position, "naïve 日本", DATA), (record["SequenceNumber"], record["PartitionKey"], record["Data"]))
    arrived = record["ApproximateArrivalTimestamp"]
    expect("arrived just now", True, abs((datetime.now(timezone.utc) - arrived).total_seconds()) < 60)
    after, _ = read(shard, "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=position)
    at = numbers(records).index(int(position))
    expect("after it", numbers(records)[at + 1 :], numbers(after))
    since, _ = read(shard, "AT_TIMESTAMP", Timestamp=arrived)
    expect("since it arrived", numbers(records)[at:], numbers(since))
    since, _ = read(shard, "AT_TIMESTAMP", Timestamp=arrived - timedelta(hours=1))
    expect("since an hour", numbers(records), numbers(since))
    latest = iterator(found[1]["ShardId"], "LATEST")
    kinesis.put_record(StreamName=STREAM, PartitionKey="a", ExplicitHashKey=str(TOP), Data=b"new")
    page = kinesis.get_records(ShardIterator=latest)
    expect("what is new", [b"new"], [record["Data"] for record in page["Records"]])
    expect("caught up", (0, True), (page["MillisBehindLatest"], "NextShardIterator" in page))
    again = kinesis.get_records(ShardIterator=latest)["Records"]
    expect("an iterator reads again", numbers(page["Records"]), numbers(again))


def split(found):
    parent = found[0]["ShardId"]
    kinesis.split_shard(StreamName=STREAM, ShardToSplit=parent, NewStartingHashKey=str(MIDDLE // 2))
    expect("on its way", "UPDATING", summary()["StreamStatus"])
    wait_until_active()
    children = [shard for shard in shards() if shard.get("ParentShardId") == parent]
    expect("ranges", [(0, MIDDLE // 2 - 1), (MIDDLE // 2, MIDDLE - 1)], [hash_range(child) for child in children])
    [closed] = [shard for shard in shards() if shard["ShardId"] == parent]
    expect("closed", True, "EndingSequenceNumber" in closed["SequenceNumberRange"])
    expect("open at present", ids(found[1:] + children), ids(shards(ShardFilter={"Type": "AT_LATEST"})))
    records = [{"PartitionKey": "a", "ExplicitHashKey": child["HashKeyRange"]["StartingHashKey"], "Data": b"child"} for child in children]
    sent = kinesis.put_records(StreamName=STREAM, Records=records)
    expect("puts go to the children", ids(children), [told["ShardId"] for told in sent["Records"]])
    old, named = read(parent)
    expect("the parent names them at its end", ids(children), ids(named))
    expect("and their parent", [[parent]] * 2, [child["ParentShards"] for child in named])
    expect("the parent keeps its order", [b"0", b"1", b"2"], [record["Data"] for record in old if record["PartitionKey"] == "a"])
    for child, told in zip(children, sent["Records"]):
        new, _ = read(child["ShardId"])
        expect("the child has what came since", [told["SequenceNumber"]], [record["SequenceNumber"] for record in new])
        expect("later than its parent", True, max(numbers(old)) < numbers(new)[0])
    return children


def merge(children):
    low, high = ids(children)
    kinesis.merge_shards(StreamName=STREAM, ShardToMerge=low, AdjacentShardToMerge=high)
    wait_until_active()
    [merged] = [shard for shard in shards() if shard.get("AdjacentParentShardId") == high]
    expect("parent and range", (low, (0, MIDDLE - 1)), (merged["ParentShardId"], hash_range(merged)))
    for parent in (low, high):
        records, named = read(parent)
        expect("parents end", ([b"child"], [merged["ShardId"]]), ([record["Data"] for record in records], ids(named)))
        expect("both parents", [low, high], sorted(named[0]["ParentShards"]))
    sent = kinesis.put_record(StreamName=STREAM, PartitionKey="a", ExplicitHashKey="0", Data=b"merged")
    expect("puts go to it", merged["ShardId"], sent["ShardId"])
    return merged["ShardId"]


def retention():
    kinesis.increase_stream_retention_period(StreamName=STREAM, RetentionPeriodHours=48)
    wait_until_active()
    expect("longer", 48, summary()["RetentionPeriodHours"])
    kinesis.decrease_stream_retention_period(StreamName=STREAM, RetentionPeriodHours=24)
    wait_until_active()
    expect("as before", 24, summary()["RetentionPeriodHours"])


def fan_out(arn, shard):
    consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="reader")["Consumer"]
    expect("on its way", ("reader", "CREATING"), (consumer["ConsumerName"], consumer["ConsumerStatus"]))
    expect("its ARN", True, consumer["ConsumerARN"].startswith(f"{arn}/consumer/reader:"))
    deadline = time.monotonic() + 60
    while kinesis.describe_stream_consumer(ConsumerARN=consumer["ConsumerARN"])["ConsumerDescription"]["ConsumerStatus"] != "ACTIVE":
        expect("active before the deadline", True, time.monotonic() < deadline)
        time.sleep(0.1)
    pages = kinesis.get_paginator("list_stream_consumers").paginate(StreamARN=arn)
    expect("listed", ["reader"], [entry["ConsumerName"] for page in pages for entry in page["Consumers"]])
    start = {"Type": "TRIM_HORIZON"}
    events = kinesis.subscribe_to_shard(ConsumerARN=consumer["ConsumerARN"], ShardId=shard, StartingPosition=start)["EventStream"]
    seen, sent = [], None
    for event in events:
        told = event["SubscribeToShardEvent"]
        seen += told["Records"]
        if sent is None and seen:
            sent = kinesis.put_record(StreamName=STREAM, PartitionKey="naïve 日本", ExplicitHashKey="0", Data=DATA)
        if len(seen) == 2:
            break
    events.close()
    expect("what was there, and what came", [b"merged", DATA], [record["Data"] for record in seen])
    expect("number and key", (sent["SequenceNumber"], "naïve 日本"), (seen[1]["SequenceNumber"], seen[1]["PartitionKey"]))
    expect("where to go on", True, int(told["ContinuationSequenceNumber"]) >= int(sent["SequenceNumber"]))
    expect("caught up", 0, told["MillisBehindLatest"])
    in_use = kinesis.exceptions.ResourceInUseException
    refused("registered again", in_use, "ResourceInUseException", 400, kinesis.register_stream_consumer, StreamARN=arn, ConsumerName="reader")
    refused("deleted with a consumer", in_use, "ResourceInUseException", 400, kinesis.delete_stream, StreamName=STREAM)


def tags(arn):
    expect("of the creation", [{"Key": "team", "Value": "orders"}], kinesis.list_tags_for_stream(StreamName=STREAM)["Tags"])
    kinesis.add_tags_to_stream(StreamName=STREAM, Tags={"cost": "über", "stage": "test"})
    kinesis.remove_tags_from_stream(StreamName=STREAM, TagKeys=["stage"])
    kinesis.tag_resource(ResourceARN=arn, Tags={"owner": "me"})
    kinesis.untag_resource(ResourceARN=arn, TagKeys=["team"])
    left = {tag["Key"]: tag["Value"] for tag in kinesis.list_tags_for_resource(ResourceARN=arn)["Tags"]}
    expect("left", {"cost": "über", "owner": "me"}, left)


def queue():
    stream = f"{RUN}-jobs"
    kinesis.create_stream(StreamName=stream, StreamModeDetails={"StreamMode": "ON_DEMAND"})
    wait("stream_exists", stream)
    arn = summary(stream)["StreamARN"]
    source = [{"StreamARN": arn, "StartingPosition": {"Type": "TRIM_HORIZON"}}]
    made = kinesis.create_queue(QueueName="jobs", StreamConfigurationList=source)["QueueDescription"]["QueueARN"]
    deadline = time.monotonic() + 60
    while kinesis.describe_queue(QueueARN=made)["QueueDescription"]["QueueStatus"] != "ACTIVE":
        expect("active before the deadline", True, time.monotonic() < deadline)
        time.sleep(0.1)
    kinesis.put_record(StreamName=stream, PartitionKey="a", Data=DATA)
    [record] = kinesis.receive_queue_records(QueueARN=made, WaitTimeSeconds=5)["QueueRecords"]
    expect("record", (DATA, "a", 1), (record["Data"], record["PartitionKey"], record["ReceiveCount"]))
    done = kinesis.acknowledge_queue_records(QueueARN=made, Entries=[{"ReceiptHandle": record["ReceiptHandle"]}])
    expect("acknowledged", (1, 0), (len(done["Successful"]), len(done["Failed"])))
    invalid = kinesis.exceptions.ValidationException
    refused("split on demand", invalid, "ValidationException", 400, kinesis.split_shard, StreamName=stream, ShardToSplit="shardId-000000000000", NewStartingHashKey="9")
    kinesis.delete_queue(QueueARN=made)
    while made in str(kinesis.list_queues()["QueueSummaries"]):
        expect("gone before the deadline", True, time.monotonic() < deadline)
        time.sleep(0.1)
    kinesis.delete_stream(StreamName=stream)
    wait("stream_not_exists", stream)


def errors(shard):
    known = kinesis.exceptions
    missing = known.ResourceNotFoundException
    refused("no such stream", missing, "ResourceNotFoundException", 400, kinesis.put_record, StreamName=f"{RUN}-none", PartitionKey="a", Data=b"x")
    refused("no such shard", missing, "ResourceNotFoundException", 400, kinesis.get_shard_iterator, StreamName=STREAM, ShardId="shardId-000000000099", ShardIteratorType="LATEST")
    wrong = known.InvalidArgumentException
    refused("an iterator of nobody", wrong, "InvalidArgumentException", 400, kinesis.get_records, ShardIterator="none")
    refused("no key between", wrong, "InvalidArgumentException", 400, kinesis.split_shard, StreamName=STREAM, ShardToSplit=shard, NewStartingHashKey="0")
    refused("shorter than a day", wrong, "InvalidArgumentException", 400, kinesis.decrease_stream_retention_period, StreamName=STREAM, RetentionPeriodHours=23)
    refused("more shards than an account has", known.LimitExceededException, "LimitExceededException", 400, kinesis.create_stream, StreamName=f"{RUN}-none", ShardCount=100_000)
    refused("no such token", wrong, "InvalidArgumentException", 400, kinesis.list_shards, NextToken="none")


def clean_up():
    kinesis.delete_stream(StreamName=STREAM, EnforceConsumerDeletion=True)
    wait("stream_not_exists")
    expect("streams left", [], [name for name in kinesis.list_streams()["StreamNames"] if RUN in name])


print(f"boto3 {boto3.__version__} botocore {botocore.__version__} kinesis {ENDPOINT}")
arn = step("create", create)
found = step("shards", list_shards)
sent = step("put", put, found)
step("batch", batch, found)
step("iterators", iterators, found, sent)
children = step("split", split, found)
merged = step("merge", merge, children)
step("retention", retention)
step("fan-out", fan_out, arn, merged)
step("tags", tags, arn)
step("queue", queue)
step("errors", errors, merged)
step("clean up", clean_up)
