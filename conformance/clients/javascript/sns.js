// The flow of topics of ../README.md with the AWS SDK for JavaScript.

import { randomUUID } from "node:crypto";
import * as sdk from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { expect, step } from "./expect.js";
import { Queues } from "./queues.js";

const endpoint = process.env.AWS_ENDPOINT_URL;
const run = randomUUID().slice(0, 8);
const body = 'naïve & <tag> "quoted"\t日本 😀';
const attributes = {
  Text: { DataType: "String", StringValue: "über & <out>" },
  Count: { DataType: "Number", StringValue: "42" },
  Bytes: { DataType: "Binary", BinaryValue: Uint8Array.from({ length: 256 }, (_, index) => index) },
};

const sns = new sdk.SNS({});
const queues = new Queues(new SQS({}));
const topics = new Set();

async function createTopic(parameters) {
  const { TopicArn } = await sns.createTopic(parameters);
  topics.add(TopicArn);
  return TopicArn;
}

async function attributesOf(SubscriptionArn) {
  return (await sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes;
}

const setAttribute = (SubscriptionArn, AttributeName, AttributeValue) =>
  sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });

async function listed(pages, name) {
  const arns = [];
  for await (const page of pages) arns.push(...page[name]);
  return arns;
}

async function create() {
  const Tags = [{ Key: "team", Value: "orders" }];
  const TopicArn = await createTopic({ Name: `${run}-orders`, Tags, Attributes: { DisplayName: "Orders" } });
  const parts = TopicArn.split(":");
  expect("ARN of the new topic", [process.env.AWS_REGION, `${run}-orders`], [parts[3], parts[5]]);
  expect("created again", TopicArn, await createTopic({ Name: `${run}-orders` }));
  expect("tags", Tags, (await sns.listTagsForResource({ ResourceArn: TopicArn })).Tags);
  await sns.setTopicAttributes({ TopicArn, AttributeName: "DisplayName", AttributeValue: "All & <orders>" });
  const { Attributes } = await sns.getTopicAttributes({ TopicArn });
  const names = ["TopicArn", "DisplayName", "SubscriptionsConfirmed"];
  expect("attributes", [TopicArn, "All & <orders>", "0"], names.map((name) => Attributes[name]));
  const arns = (await listed(sdk.paginateListTopics({ client: sns }, {}), "Topics")).map(({ TopicArn }) => TopicArn);
  expect("listed", 1, arns.filter((arn) => arn === TopicArn).length);
  return TopicArn;
}

async function subscribe(TopicArn) {
  const queue = await queues.create(`${run}-queue`, TopicArn);
  const parameters = { TopicArn, Protocol: "sqs", Endpoint: queue.arn };
  const { SubscriptionArn } = await sns.subscribe(parameters);
  expect("its ARN begins with that of the topic", true, SubscriptionArn.startsWith(`${TopicArn}:`));
  expect("subscribed again", SubscriptionArn, (await sns.subscribe(parameters)).SubscriptionArn);
  const { Protocol, Endpoint, PendingConfirmation, RawMessageDelivery } = await attributesOf(SubscriptionArn);
  const seen = [Protocol, Endpoint, PendingConfirmation, RawMessageDelivery];
  expect("attributes", ["sqs", queue.arn, "false", "false"], seen);
  const pages = sdk.paginateListSubscriptionsByTopic({ client: sns }, { TopicArn });
  const arns = (await listed(pages, "Subscriptions")).map(({ SubscriptionArn }) => SubscriptionArn);
  expect("listed", [SubscriptionArn], arns);
  return { queue, SubscriptionArn };
}

async function publish(TopicArn, { queue, SubscriptionArn }) {
  const sent = await sns.publish({ TopicArn, Message: body, Subject: "A subject", MessageAttributes: attributes });
  const [message] = await queues.take(queue, 1);
  const envelope = JSON.parse(message.Body);
  const seen = [envelope.Type, envelope.MessageId, envelope.TopicArn, envelope.Subject, envelope.Message];
  expect("envelope", ["Notification", sent.MessageId, TopicArn, "A subject", body], seen);
  expect("attributes in the envelope", { Type: "Number", Value: "42" }, envelope.MessageAttributes.Count);
  expect("no attributes beside it", undefined, message.MessageAttributes);
  expect("how to unsubscribe", true, envelope.UnsubscribeURL.includes(SubscriptionArn));
}

async function structure(TopicArn, { queue }) {
  const Message = JSON.stringify({ default: "for all", sqs: "for queues" });
  await sns.publish({ TopicArn, Message, MessageStructure: "json" });
  const [message] = await queues.take(queue, 1);
  expect("the queue's own message", "for queues", JSON.parse(message.Body).Message);
}

async function batch(TopicArn, { queue }) {
  const bodies = Array.from({ length: 10 }, (_, number) => `message ${number}`);
  const entries = bodies.map((Message, at) => ({ Id: `e${at}`, Message, MessageAttributes: attributes }));
  const sent = await sns.publishBatch({ TopicArn, PublishBatchRequestEntries: entries });
  expect("all published", entries.map(({ Id }) => Id), sent.Successful.map(({ Id }) => Id));
  expect("none failed", [], sent.Failed);
  const received = (await queues.take(queue, 10)).map(({ Body }) => JSON.parse(Body));
  expect("all received", bodies, received.map(({ Message }) => Message).sort());
  const ids = (messages) => messages.map(({ MessageId }) => MessageId).sort();
  expect("their ids", ids(sent.Successful), ids(received));
}

async function filter(TopicArn, { queue, SubscriptionArn }) {
  const policy = { kind: ["order", { prefix: "re" }], price: [{ numeric: [">", 0, "<=", 100] }] };
  await setAttribute(SubscriptionArn, "FilterPolicy", JSON.stringify(policy));
  expect("policy", policy, JSON.parse((await attributesOf(SubscriptionArn)).FilterPolicy));
  for (const [kind, price] of [["order", "100"], ["order", "101"], ["return", "1"], ["invoice", "1"]]) {
    const MessageAttributes = {
      kind: { DataType: "String", StringValue: kind },
      price: { DataType: "Number", StringValue: price },
    };
    await sns.publish({ TopicArn, Message: `${kind} ${price}`, MessageAttributes });
  }
  const seen = (await queues.take(queue, 2)).map(({ Body }) => JSON.parse(Body).Message);
  expect("what matches", ["order 100", "return 1"], seen.sort());
  expect("nothing else", [], await queues.receive(queue));
  await setAttribute(SubscriptionArn, "FilterPolicy", "{}");
}

async function raw(TopicArn, { queue, SubscriptionArn }) {
  await setAttribute(SubscriptionArn, "RawMessageDelivery", "true");
  await sns.publish({ TopicArn, Message: body, MessageAttributes: attributes });
  const [message] = await queues.take(queue, 1);
  const { Text, Bytes } = message.MessageAttributes;
  expect("body", body, message.Body);
  expect("attributes", ["Bytes", "Count", "Text"], Object.keys(message.MessageAttributes).sort());
  expect("text", ["String", "über & <out>"], [Text.DataType, Text.StringValue]);
  expect("bytes", attributes.Bytes.BinaryValue, Uint8Array.from(Bytes.BinaryValue));
}

async function fifo() {
  const Attributes = { FifoTopic: "true", ContentBasedDeduplication: "true" };
  const TopicArn = await createTopic({ Name: `${run}-orders.fifo`, Attributes });
  const queue = await queues.create(`${run}-queue.fifo`, TopicArn, { FifoQueue: "true" });
  const raw = { RawMessageDelivery: "true" };
  await sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint: queue.arn, Attributes: raw });
  const sent = [];
  for (const number of [1, 1, 2, 3]) {
    sent.push(await sns.publish({ TopicArn, Message: `order ${number}`, MessageGroupId: "a" }));
  }
  expect("the duplicate has the id of the first", sent[0].MessageId, sent[1].MessageId);
  const numbers = [sent[0], sent[2], sent[3]].map(({ SequenceNumber }) => BigInt(SequenceNumber));
  expect("sequence numbers rise", true, numbers[0] < numbers[1] && numbers[1] < numbers[2]);
  const messages = await queues.take(queue, 3);
  expect("in order, without the duplicate", ["order 1", "order 2", "order 3"], messages.map(({ Body }) => Body));
  expect("group", ["a", "a", "a"], messages.map(({ Attributes }) => Attributes.MessageGroupId));
}

async function refused(what, kind, name, status, call) {
  try {
    expect(what, name, await call());
  } catch (error) {
    expect(what, [true, name, status], [error instanceof kind, error.name, error.$metadata?.httpStatusCode]);
    return error.message;
  }
}

async function push() {
  const Attributes = { PlatformCredential: "key" };
  const { PlatformApplicationArn } = await sns.createPlatformApplication({ Name: run, Platform: "GCM", Attributes });
  const shown = await sns.getPlatformApplicationAttributes({ PlatformApplicationArn });
  expect("application", { Enabled: "true" }, { ...shown.Attributes });
  const device = { PlatformApplicationArn, Token: "token" };
  const create = (more) => sns.createPlatformEndpoint({ ...device, ...more });
  const { EndpointArn } = await create({ CustomUserData: "user 1" });
  expect("created again", EndpointArn, (await create({ CustomUserData: "user 1" })).EndpointArn);
  const { InvalidParameterException, EndpointDisabledException } = sdk;
  const told = await refused("other attributes", InvalidParameterException, "InvalidParameterException", 400, create);
  expect("which endpoint", true, told.includes(`Endpoint ${EndpointArn} already exists with the same Token`));
  const message = { TargetArn: EndpointArn, Message: "hello" };
  expect("published", true, (await sns.publish(message)).MessageId.length > 0);
  await sns.setEndpointAttributes({ EndpointArn, Attributes: { Enabled: "false" } });
  await refused("disabled", EndpointDisabledException, "EndpointDisabledException", 400, () => sns.publish(message));
  const pages = sdk.paginateListEndpointsByPlatformApplication({ client: sns }, { PlatformApplicationArn });
  expect("listed", [EndpointArn], (await listed(pages, "Endpoints")).map(({ EndpointArn }) => EndpointArn));
  await sns.deleteEndpoint({ EndpointArn });
  await sns.deletePlatformApplication({ PlatformApplicationArn });
}

async function textMessages() {
  const attributes = { DefaultSMSType: "Transactional", DefaultSenderID: "Orders" };
  await sns.setSMSAttributes({ attributes });
  const shown = await sns.getSMSAttributes({ attributes: ["DefaultSMSType"] });
  expect("type", { DefaultSMSType: "Transactional" }, { ...shown.attributes });
  const number = "+15550100123";
  expect("published", true, (await sns.publish({ PhoneNumber: number, Message: "hello" })).MessageId.length > 0);
  expect("not opted out", false, (await sns.checkIfPhoneNumberIsOptedOut({ phoneNumber: number })).isOptedOut);
}

async function errors(TopicArn) {
  const same = ["x", "y"].map((Message) => ({ Id: "same", Message }));
  await refused("no such topic", sdk.NotFoundException, "NotFoundException", 404, () =>
    sns.publish({ TopicArn: `${TopicArn}-none`, Message: "x" }),
  );
  await refused("empty message", sdk.InvalidParameterException, "InvalidParameterException", 400, () =>
    sns.publish({ TopicArn, Message: "" }),
  );
  await refused("one id twice", sdk.BatchEntryIdsNotDistinctException, "BatchEntryIdsNotDistinctException", 400, () =>
    sns.publishBatch({ TopicArn, PublishBatchRequestEntries: same }),
  );
  const wrong = { a: { DataType: "String", BinaryValue: Uint8Array.of(1) } };
  const { InvalidParameterValueException } = sdk;
  await refused("a value in the wrong field", InvalidParameterValueException, "InvalidParameterValueException", 400, () =>
    sns.publish({ TopicArn, Message: "x", MessageAttributes: wrong }),
  );
}

async function cleanUp({ SubscriptionArn }) {
  await sns.unsubscribe({ SubscriptionArn });
  for (const TopicArn of topics) await sns.deleteTopic({ TopicArn });
  await queues.deleteAll();
  const left = await listed(sdk.paginateListTopics({ client: sns }, {}), "Topics");
  expect("topics left", [], left.filter(({ TopicArn }) => TopicArn.includes(run)));
}

console.log(`@aws-sdk/client-sns on Node.js ${process.version} ${endpoint}`);
const topic = await step("create", create);
const subscription = await step("subscribe", () => subscribe(topic));
await step("publish", () => publish(topic, subscription));
await step("structure", () => structure(topic, subscription));
await step("batch", () => batch(topic, subscription));
await step("filter", () => filter(topic, subscription));
await step("raw", () => raw(topic, subscription));
await step("fifo", fifo);
await step("push", push);
await step("text messages", textMessages);
await step("errors", () => errors(topic));
await step("clean up", () => cleanUp(subscription));
