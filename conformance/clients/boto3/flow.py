"""The flow of ../README.md with boto3."""

import hashlib
import json
import os
import time
import uuid

import boto3
import botocore
from expect import expect, refused, step

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
RUN = uuid.uuid4().hex[:12]
BODY = "naïve & <tag> \"quoted\"\t日本 😀"
ATTRIBUTES = {
    "Text": {"DataType": "String", "StringValue": "über & <out>"},
    "Count": {"DataType": "Number.int", "StringValue": "42"},
    "Bytes": {"DataType": "Binary", "BinaryValue": bytes(range(256))},
}

sqs = boto3.client("sqs")
queues = []


def create_queue(name, **attributes):
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    queues.append(url)
    return url


def attribute(url, name):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name]


def receive(url, **parameters):
    # `AttributeNames` instead of its successor: older releases know no other.
    reply = sqs.receive_message(QueueUrl=url, AttributeNames=["All"], MessageAttributeNames=["All"], **parameters)
    return reply.get("Messages", [])


def one(what, url, **parameters):
    messages = receive(url, **parameters)
    expect(f"{what}: number of messages", 1, len(messages))
    return messages[0]


def entries(bodies, **members):
    return [{"Id": f"e{index}", "MessageBody": body, **members} for index, body in enumerate(bodies)]


def identity():
    seen = boto3.client("sts").get_caller_identity()
    expect("the account is twelve digits", (12, True), (len(seen["Account"]), seen["Account"].isdigit()))
    return seen["Account"]


def create(account):
    name = f"{RUN}-standard"
    url = create_queue(name, VisibilityTimeout="30", DelaySeconds="0")
    expect("URL of the new queue", f"{ENDPOINT}/{account}/{name}", url)
    expect("created again", url, create_queue(name, VisibilityTimeout="30"))
    expect("URL by name", url, sqs.get_queue_url(QueueName=name)["QueueUrl"])
    expect("ARN", f"arn:aws:sqs:{sqs.meta.region_name}:{account}:{name}", attribute(url, "QueueArn"))
    sqs.tag_queue(QueueUrl=url, Tags={"team": "orders", "cost centre": "4711"})
    sqs.untag_queue(QueueUrl=url, TagKeys=["team"])
    expect("tags", {"cost centre": "4711"}, sqs.list_queue_tags(QueueUrl=url)["Tags"])
    create_queue(f"{RUN}-another")
    pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix=RUN, PaginationConfig={"PageSize": 1})
    listed = [page.get("QueueUrls", []) for page in pages]
    expect("pages of one queue each", sorted([[url], [f"{ENDPOINT}/{account}/{RUN}-another"]]), sorted(filter(None, listed)))
    return url


def send_and_receive(url):
    sent = sqs.send_message(QueueUrl=url, MessageBody=BODY, MessageAttributes=ATTRIBUTES)
    expect("MD5 of the body", hashlib.md5(BODY.encode()).hexdigest(), sent["MD5OfMessageBody"])
    message = one("after the send", url)
    expect("received", (sent["MessageId"], BODY, ATTRIBUTES), tuple(message[key] for key in ("MessageId", "Body", "MessageAttributes")))
    expect("MD5 of the attributes", sent["MD5OfMessageAttributes"], message["MD5OfMessageAttributes"])
    expect("first receive", "1", message["Attributes"]["ApproximateReceiveCount"])
    expect("in flight", [], receive(url))
    return message


def change_visibility(url, first):
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    message = one("visible again", url)
    expect("second receive", (first["MessageId"], "2"), (message["MessageId"], message["Attributes"]["ApproximateReceiveCount"]))
    return message


def delete(url, message):
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    expect("nothing is left", dict.fromkeys(names, "0"), counts)


def long_poll(url):
    sqs.send_message(QueueUrl=url, MessageBody="later", DelaySeconds=1)
    expect("delayed", [], receive(url))
    message = one("waited for", url, WaitTimeSeconds=10)
    expect("body", "later", message["Body"])
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def batch(url):
    bodies = [f"message {number}" for number in range(10)]
    sent = sqs.send_message_batch(QueueUrl=url, Entries=entries(bodies, MessageAttributes=ATTRIBUTES))
    expect("all sent", [f"e{number}" for number in range(10)], [entry["Id"] for entry in sent["Successful"]])
    expect("none failed", [], sent.get("Failed", []))
    messages = []
    while len(messages) < 10:
        some = receive(url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
        expect("a message before the end of the poll", True, some != [])
        messages += some
    expect("all received", bodies, sorted(message["Body"] for message in messages))
    handles = [{"Id": message["MessageId"], "ReceiptHandle": message["ReceiptHandle"]} for message in messages]
    handles[9]["ReceiptHandle"] = "no handle"
    gone = sqs.delete_message_batch(QueueUrl=url, Entries=handles)
    expect("nine deleted", {handle["Id"] for handle in handles[:9]}, {entry["Id"] for entry in gone["Successful"]})
    failed = [(entry["Id"], entry["Code"], entry["SenderFault"]) for entry in gone["Failed"]]
    expect("one refused", [(handles[9]["Id"], "ReceiptHandleIsInvalid", True)], failed)


def fifo():
    url = create_queue(f"{RUN}.fifo", FifoQueue="true", ContentBasedDeduplication="true")
    first = sqs.send_message(QueueUrl=url, MessageBody="order 1", MessageGroupId="a")
    sqs.send_message(QueueUrl=url, MessageBody="order 1", MessageGroupId="a")
    sent = sqs.send_message_batch(QueueUrl=url, Entries=entries(["order 2", "order 3"], MessageGroupId="a"))
    expect("two sent", ["e0", "e1"], [entry["Id"] for entry in sent["Successful"]])
    messages = receive(url, MaxNumberOfMessages=10)
    expect("in order, without the duplicate", ["order 1", "order 2", "order 3"], [message["Body"] for message in messages])
    expect("group", ["a"] * 3, [message["Attributes"]["MessageGroupId"] for message in messages])
    expect("deduplication by content", hashlib.sha256(b"order 1").hexdigest(), messages[0]["Attributes"]["MessageDeduplicationId"])
    numbers = [int(message["Attributes"]["SequenceNumber"]) for message in messages]
    expect("sequence numbers rise", sorted(numbers), numbers)
    expect("first sequence number", int(first["SequenceNumber"]), numbers[0])
    sqs.send_message(QueueUrl=url, MessageBody="order 4", MessageGroupId="a")
    expect("the group is locked", [], receive(url))
    handles = [{"Id": str(at), "ReceiptHandle": message["ReceiptHandle"]} for at, message in enumerate(messages)]
    sqs.delete_message_batch(QueueUrl=url, Entries=handles)
    expect("the group is free", "order 4", one("after the deletes", url)["Body"])


def dead_letter():
    dead = create_queue(f"{RUN}-dead")
    policy = {"deadLetterTargetArn": attribute(dead, "QueueArn"), "maxReceiveCount": 2}
    source = create_queue(f"{RUN}-source", RedrivePolicy=json.dumps(policy))
    sent = sqs.send_message(QueueUrl=source, MessageBody="poison", MessageAttributes=ATTRIBUTES)
    for count in ("1", "2"):
        message = one(f"receive {count}", source, VisibilityTimeout=0)
        expect("count", count, message["Attributes"]["ApproximateReceiveCount"])
    expect("after two receives", [], receive(source))
    message = one("in the dead-letter queue", dead, VisibilityTimeout=0, WaitTimeSeconds=5)
    expect("dead letter", (sent["MessageId"], "poison", ATTRIBUTES), tuple(message[key] for key in ("MessageId", "Body", "MessageAttributes")))
    expect("where it comes from", attribute(source, "QueueArn"), message["Attributes"]["DeadLetterQueueSourceArn"])
    pages = sqs.get_paginator("list_dead_letter_source_queues").paginate(QueueUrl=dead)
    expect("sources", [source], [url for page in pages for url in page["queueUrls"]])
    return source, dead


def redrive(source, dead):
    arn = attribute(dead, "QueueArn")
    handle = sqs.start_message_move_task(SourceArn=arn, MaxNumberOfMessagesPerSecond=100)["TaskHandle"]
    expect("a handle", True, handle != "")
    for _ in range(100):
        task = sqs.list_message_move_tasks(SourceArn=arn)["Results"][0]
        if task["Status"] != "RUNNING":
            break
        time.sleep(0.1)
    expect("task", ("COMPLETED", arn, 1), tuple(task[key] for key in ("Status", "SourceArn", "ApproximateNumberOfMessagesMoved")))
    expect("back at its source", "poison", one("after the redrive", source, WaitTimeSeconds=5)["Body"])
    expect("dead-letter queue", [], receive(dead))


def errors(url):
    known = sqs.exceptions
    handles = [{"Id": "same", "ReceiptHandle": "x"}, {"Id": "same", "ReceiptHandle": "y"}]
    refused("no such queue", known.QueueDoesNotExist, "AWS.SimpleQueueService.NonExistentQueue", 400, sqs.get_queue_url, QueueName=f"{RUN}-none")
    refused("another value", known.QueueNameExists, "QueueAlreadyExists", 400, create_queue, name=f"{RUN}-standard", VisibilityTimeout="31")
    refused("no handle", known.ReceiptHandleIsInvalid, "ReceiptHandleIsInvalid", 404, sqs.delete_message, QueueUrl=url, ReceiptHandle="no handle")
    refused("one id twice", known.BatchEntryIdsNotDistinct, "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400, sqs.delete_message_batch, QueueUrl=url, Entries=handles)
    refused("an error without a model", None, "InvalidParameterValue", 400, sqs.send_message, QueueUrl=url, MessageBody="x", DelaySeconds=901)


def clean_up():
    for url in dict.fromkeys(queues):
        sqs.delete_queue(QueueUrl=url)
    expect("queues left", [], sqs.list_queues(QueueNamePrefix=RUN).get("QueueUrls", []))


print(f"boto3 {boto3.__version__} botocore {botocore.__version__} {sqs.meta.service_model.metadata['protocol']} {ENDPOINT}")
account = step("identity", identity)
standard = step("create", create, account)
received = step("send and receive", send_and_receive, standard)
received = step("change visibility", change_visibility, standard, received)
step("delete", delete, standard, received)
step("long poll", long_poll, standard)
step("batch", batch, standard)
step("fifo", fifo)
source, dead = step("dead letter", dead_letter)
step("redrive", redrive, source, dead)
step("errors", errors, standard)
step("clean up", clean_up)
