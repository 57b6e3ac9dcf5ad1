"""The flow of topics of ../README.md with boto3."""

import json
import os
import uuid

import boto3
import botocore
from expect import expect, refused, step

ENDPOINT = os.environ["AWS_ENDPOINT_URL"]
RUN = uuid.uuid4().hex[:12]
BODY = "naïve & <tag> \"quoted\"\t日本 😀"
ATTRIBUTES = {
    "Text": {"DataType": "String", "StringValue": "über & <out>"},
    "Count": {"DataType": "Number", "StringValue": "42"},
    "Bytes": {"DataType": "Binary", "BinaryValue": bytes(range(256))},
}

sns, sqs = boto3.client("sns"), boto3.client("sqs")
queues, topics = [], []


def create_queue(name, topic, **attributes):
    """A queue that lets messages of the topic in."""
    url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    queues.append(url)
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return url, arn


def create_topic(name, **parameters):
    arn = sns.create_topic(Name=name, **parameters)["TopicArn"]
    topics.append(arn)
    return arn


def receive(url, most=10):
    """Takes messages out of the queue."""
    reply = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=most, WaitTimeSeconds=2, AttributeNames=["All"], MessageAttributeNames=["All"]
    )
    messages = reply.get("Messages", [])
    for message in messages:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return messages


def receive_all(url, number):
    messages = []
    while len(messages) < number:
        some = receive(url)
        expect("a message before the end of the poll", True, some != [])
        messages += some
    return messages


def attributes(subscription):
    return sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]


def create():
    topic = create_topic(f"{RUN}-orders", Tags=[{"Key": "team", "Value": "orders"}], Attributes={"DisplayName": "Orders"})
    expect("ARN of the new topic", (sns.meta.region_name, f"{RUN}-orders"), tuple(topic.split(":")[i] for i in (3, 5)))
    expect("created again", topic, create_topic(f"{RUN}-orders"))
    expect("tags", [{"Key": "team", "Value": "orders"}], sns.list_tags_for_resource(ResourceArn=topic)["Tags"])
    sns.set_topic_attributes(TopicArn=topic, AttributeName="DisplayName", AttributeValue="All & <orders>")
    shown = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    expect("attributes", (topic, "All & <orders>", "0"), tuple(shown[name] for name in ("TopicArn", "DisplayName", "SubscriptionsConfirmed")))
    listed = [entry["TopicArn"] for page in sns.get_paginator("list_topics").paginate() for entry in page["Topics"]]
    expect("listed", 1, listed.count(topic))
    return topic


def subscribe(topic):
    url, arn = create_queue(f"{RUN}-queue", topic)
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
    expect("its ARN begins with that of the topic", True, subscription.startswith(f"{topic}:"))
    expect("subscribed again", subscription, sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"])
    names = ("Protocol", "Endpoint", "PendingConfirmation", "RawMessageDelivery")
    expect("attributes", ("sqs", arn, "false", "false"), tuple(attributes(subscription)[name] for name in names))
    pages = sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
    expect("listed", [subscription], [entry["SubscriptionArn"] for page in pages for entry in page["Subscriptions"]])
    return url, subscription


def publish(topic, url, subscription):
    sent = sns.publish(TopicArn=topic, Message=BODY, Subject="A subject", MessageAttributes=ATTRIBUTES)
    [message] = receive_all(url, 1)
    envelope = json.loads(message["Body"])
    seen = tuple(envelope[name] for name in ("Type", "MessageId", "TopicArn", "Subject", "Message"))
    expect("envelope", ("Notification", sent["MessageId"], topic, "A subject", BODY), seen)
    expect("attributes in the envelope", {"Type": "Number", "Value": "42"}, envelope["MessageAttributes"]["Count"])
    expect("no attributes beside it", None, message.get("MessageAttributes"))
    expect("how to unsubscribe", True, subscription in envelope["UnsubscribeURL"])


def structure(topic, url):
    message = json.dumps({"default": "for all", "sqs": "for queues"})
    sns.publish(TopicArn=topic, Message=message, MessageStructure="json")
    [message] = receive_all(url, 1)
    expect("the queue's own message", "for queues", json.loads(message["Body"])["Message"])


def batch(topic, url):
    bodies = [f"message {number}" for number in range(10)]
    entries = [{"Id": f"e{number}", "Message": body, "MessageAttributes": ATTRIBUTES} for number, body in enumerate(bodies)]
    sent = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
    expect("all published", [entry["Id"] for entry in entries], [entry["Id"] for entry in sent["Successful"]])
    expect("none failed", [], sent["Failed"])
    received = [json.loads(message["Body"]) for message in receive_all(url, 10)]
    expect("all received", bodies, sorted(envelope["Message"] for envelope in received))
    expect("their ids", {entry["MessageId"] for entry in sent["Successful"]}, {envelope["MessageId"] for envelope in received})


def filtered(topic, url, subscription):
    policy = {"kind": ["order", {"prefix": "re"}], "price": [{"numeric": [">", 0, "<=", 100]}]}
    sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue=json.dumps(policy))
    expect("policy", policy, json.loads(attributes(subscription)["FilterPolicy"]))
    for kind, price in [("order", "100"), ("order", "101"), ("return", "1"), ("invoice", "1")]:
        values = {"kind": {"DataType": "String", "StringValue": kind}, "price": {"DataType": "Number", "StringValue": price}}
        sns.publish(TopicArn=topic, Message=f"{kind} {price}", MessageAttributes=values)
    seen = [json.loads(message["Body"])["Message"] for message in receive_all(url, 2)]
    expect("what matches", ["order 100", "return 1"], sorted(seen))
    expect("nothing else", [], receive(url))
    sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue="{}")


def raw(topic, url, subscription):
    sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true")
    sns.publish(TopicArn=topic, Message=BODY, MessageAttributes=ATTRIBUTES)
    [message] = receive_all(url, 1)
    expect("body and attributes", (BODY, ATTRIBUTES), (message["Body"], message["MessageAttributes"]))


def fifo():
    topic = create_topic(f"{RUN}-orders.fifo", Attributes={"FifoTopic": "true", "ContentBasedDeduplication": "true"})
    url, arn = create_queue(f"{RUN}-queue.fifo", topic, FifoQueue="true")
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    bodies = ["order 1", "order 1", "order 2", "order 3"]
    sent = [sns.publish(TopicArn=topic, Message=body, MessageGroupId="a") for body in bodies]
    expect("the duplicate has the id of the first", sent[0]["MessageId"], sent[1]["MessageId"])
    numbers = [int(sent[at]["SequenceNumber"]) for at in (0, 2, 3)]
    expect("sequence numbers rise", sorted(set(numbers)), numbers)
    messages = receive_all(url, 3)
    expect("in order, without the duplicate", ["order 1", "order 2", "order 3"], [message["Body"] for message in messages])
    expect("group", ["a"] * 3, [message["Attributes"]["MessageGroupId"] for message in messages])


def push():
    credentials = {"PlatformCredential": "key"}
    application = sns.create_platform_application(Name=RUN, Platform="GCM", Attributes=credentials)["PlatformApplicationArn"]
    expect("application", {"Enabled": "true"}, sns.get_platform_application_attributes(PlatformApplicationArn=application)["Attributes"])
    device = {"PlatformApplicationArn": application, "Token": "token"}
    endpoint = sns.create_platform_endpoint(**device, CustomUserData="user 1")["EndpointArn"]
    expect("created again", endpoint, sns.create_platform_endpoint(**device, CustomUserData="user 1")["EndpointArn"])
    try:
        sns.create_platform_endpoint(**device)
    except sns.exceptions.InvalidParameterException as error:
        told = error.response["Error"]["Message"]
        expect("other attributes", f"Invalid parameter: Token Reason: Endpoint {endpoint} already exists with the same Token, but different attributes.", told)
    expect("published", True, sns.publish(TargetArn=endpoint, Message="hello")["MessageId"] != "")
    sns.set_endpoint_attributes(EndpointArn=endpoint, Attributes={"Enabled": "false"})
    refused("disabled", sns.exceptions.EndpointDisabledException, "EndpointDisabled", 400, sns.publish, TargetArn=endpoint, Message="hello")
    pages = sns.get_paginator("list_endpoints_by_platform_application").paginate(PlatformApplicationArn=application)
    expect("listed", [endpoint], [entry["EndpointArn"] for page in pages for entry in page["Endpoints"]])
    sns.delete_endpoint(EndpointArn=endpoint)
    sns.delete_platform_application(PlatformApplicationArn=application)


def text_messages():
    sns.set_sms_attributes(attributes={"DefaultSMSType": "Transactional", "DefaultSenderID": "Orders"})
    expect("type", {"DefaultSMSType": "Transactional"}, sns.get_sms_attributes(attributes=["DefaultSMSType"])["attributes"])
    expect("published", True, sns.publish(PhoneNumber="+15550100123", Message="hello")["MessageId"] != "")
    expect("not opted out", False, sns.check_if_phone_number_is_opted_out(phoneNumber="+15550100123")["isOptedOut"])


def errors(topic):
    known = sns.exceptions
    entries = [{"Id": "same", "Message": text} for text in "xy"]
    refused("no such topic", known.NotFoundException, "NotFound", 404, sns.publish, TopicArn=f"{topic}-none", Message="x")
    refused("empty message", known.InvalidParameterException, "InvalidParameter", 400, sns.publish, TopicArn=topic, Message="")
    refused("one id twice", known.BatchEntryIdsNotDistinctException, "BatchEntryIdsNotDistinct", 400, sns.publish_batch, TopicArn=topic, PublishBatchRequestEntries=entries)
    refused("a value in the wrong field", known.InvalidParameterValueException, "ParameterValueInvalid", 400, sns.publish, TopicArn=topic, Message="x", MessageAttributes={"a": {"DataType": "String", "BinaryValue": b"x"}})
    refused("no application", known.NotFoundException, "NotFound", 404, sns.get_platform_application_attributes, PlatformApplicationArn=topic.rsplit(":", 1)[0] + ":app/GCM/none")


def clean_up(subscription):
    sns.unsubscribe(SubscriptionArn=subscription)
    for topic in dict.fromkeys(topics):
        sns.delete_topic(TopicArn=topic)
    for url in dict.fromkeys(queues):
        sqs.delete_queue(QueueUrl=url)
    listed = [entry["TopicArn"] for page in sns.get_paginator("list_topics").paginate() for entry in page["Topics"]]
    expect("topics left", [], [arn for arn in listed if RUN in arn])


print(f"boto3 {boto3.__version__} botocore {botocore.__version__} sns {ENDPOINT}")
orders = step("create", create)
queue, subscription = step("subscribe", subscribe, orders)
step("publish", publish, orders, queue, subscription)
step("structure", structure, orders, queue)
step("batch", batch, orders, queue)
step("filter", filtered, orders, queue, subscription)
step("raw", raw, orders, queue, subscription)
step("fifo", fifo)
step("push", push)
step("text messages", text_messages)
step("errors", errors, orders)
step("clean up", clean_up, subscription)
