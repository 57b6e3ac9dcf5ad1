// The flow of ../README.md with the AWS SDK for JavaScript; with `h2c` as its argument over HTTP/2 without TLS and without
// an upgrade, the way in which the SDK speaks to streaming services.

import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import * as sdk from "@aws-sdk/client-sqs";
import { NodeHttp2Handler } from "@smithy/node-http-handler";
import { expect, step } from "./expect.js";

const endpoint = process.env.AWS_ENDPOINT_URL;
const run = randomUUID().slice(0, 8);
const body = 'naïve & <tag> "quoted"\t日本 😀';
const attributes = {
  Text: { DataType: "String", StringValue: "über & <out>" },
  Count: { DataType: "Number.int", StringValue: "42" },
  Bytes: { DataType: "Binary", BinaryValue: Uint8Array.from({ length: 256 }, (_, index) => index) },
};

const h2c = process.argv[2] === "h2c";
const client = new sdk.SQS(h2c ? { requestHandler: new NodeHttp2Handler() } : {});
const queues = new Set();

async function createQueue(name, attributes) {
  const { QueueUrl } = await client.createQueue({ QueueName: name, Attributes: attributes });
  queues.add(QueueUrl);
  return QueueUrl;
}

async function attribute(url, name) {
  return (await client.getQueueAttributes({ QueueUrl: url, AttributeNames: [name] })).Attributes[name];
}

async function receive(url, parameters = {}) {
  const all = { MessageSystemAttributeNames: ["All"], MessageAttributeNames: ["All"] };
  return (await client.receiveMessage({ QueueUrl: url, ...all, ...parameters })).Messages ?? [];
}

async function one(what, url, parameters) {
  const messages = await receive(url, parameters);
  expect(`${what}: number of messages`, 1, messages.length);
  return messages[0];
}

// Without the undefined members and the prototypes that the SDK adds.
const plain = (values) =>
  Object.fromEntries(
    Object.entries(values).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      BinaryValue ? { DataType, BinaryValue: Uint8Array.from(BinaryValue) } : { DataType, StringValue },
    ]),
  );

async function create() {
  const name = `${run}-standard`;
  const url = await createQueue(name, { VisibilityTimeout: "30", DelaySeconds: "0" });
  expect("URL of the new queue", [`${endpoint}/`, `/${name}`], [url.slice(0, endpoint.length + 1), url.slice(-name.length - 1)]);
  expect("created again", url, await createQueue(name, { VisibilityTimeout: "30" }));
  expect("URL by name", url, (await client.getQueueUrl({ QueueName: name })).QueueUrl);
  const [, account] = new URL(url).pathname.split("/");
  expect("ARN", `arn:aws:sqs:${process.env.AWS_REGION}:${account}:${name}`, await attribute(url, "QueueArn"));
  await client.tagQueue({ QueueUrl: url, Tags: { team: "orders", "cost centre": "4711" } });
  await client.untagQueue({ QueueUrl: url, TagKeys: ["team"] });
  expect("tags", { "cost centre": "4711" }, { ...(await client.listQueueTags({ QueueUrl: url })).Tags });
  const another = await createQueue(`${run}-another`);
  const listed = [];
  for await (const page of sdk.paginateListQueues({ client, pageSize: 1 }, { QueueNamePrefix: run })) {
    if (page.QueueUrls) listed.push(page.QueueUrls);
  }
  expect("pages of one queue each", [[url], [another]].sort(), listed.sort());
  return url;
}

async function sendAndReceive(url) {
  const sent = await client.sendMessage({ QueueUrl: url, MessageBody: body, MessageAttributes: attributes });
  expect("MD5 of the body", createHash("md5").update(body).digest("hex"), sent.MD5OfMessageBody);
  const message = await one("after the send", url);
  const seen = [message.MessageId, message.Body, plain(message.MessageAttributes)];
  expect("received", [sent.MessageId, body, attributes], seen);
  expect("MD5 of the attributes", sent.MD5OfMessageAttributes, message.MD5OfMessageAttributes);
  expect("first receive", "1", message.Attributes.ApproximateReceiveCount);
  expect("in flight", [], await receive(url));
  return message;
}

async function changeVisibility(url, first) {
  await client.changeMessageVisibility({ QueueUrl: url, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0 });
  const message = await one("visible again", url);
  const seen = [message.MessageId, message.Attributes.ApproximateReceiveCount];
  expect("second receive", [first.MessageId, "2"], seen);
  return message;
}

async function deleteMessage(url, message) {
  await client.deleteMessage({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
  const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
  const { Attributes } = await client.getQueueAttributes({ QueueUrl: url, AttributeNames: names });
  expect("nothing is left", ["0", "0"], names.map((name) => Attributes[name]));
}

async function longPoll(url) {
  await client.sendMessage({ QueueUrl: url, MessageBody: "later", DelaySeconds: 1 });
  expect("delayed", [], await receive(url));
  const message = await one("waited for", url, { WaitTimeSeconds: 10 });
  expect("body", "later", message.Body);
  await client.deleteMessage({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
}

async function batch(url) {
  const bodies = Array.from({ length: 10 }, (_, number) => `message ${number}`);
  const entries = bodies.map((body, at) => ({ Id: `e${at}`, MessageBody: body, MessageAttributes: attributes }));
  const sent = await client.sendMessageBatch({ QueueUrl: url, Entries: entries });
  expect("all sent", entries.map(({ Id }) => Id), sent.Successful.map(({ Id }) => Id));
  expect("none failed", 0, sent.Failed?.length ?? 0);
  const messages = [];
  while (messages.length < 10) {
    const some = await receive(url, { MaxNumberOfMessages: 10, WaitTimeSeconds: 5 });
    expect("a message before the end of the poll", true, some.length > 0);
    messages.push(...some);
  }
  expect("all received", bodies, messages.map(({ Body }) => Body).sort());
  const handles = messages.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
  handles[9].ReceiptHandle = "no handle";
  const gone = await client.deleteMessageBatch({ QueueUrl: url, Entries: handles });
  const ids = (entries) => entries.map(({ Id }) => Id).sort();
  expect("nine deleted", ids(handles.slice(0, 9)), ids(gone.Successful));
  const failed = gone.Failed.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]);
  expect("one refused", [[handles[9].Id, "ReceiptHandleIsInvalid", true]], failed);
}

async function fifo() {
  const url = await createQueue(`${run}.fifo`, { FifoQueue: "true", ContentBasedDeduplication: "true" });
  const order = (number) => ({ MessageBody: `order ${number}`, MessageGroupId: "a" });
  const first = await client.sendMessage({ QueueUrl: url, ...order(1) });
  await client.sendMessage({ QueueUrl: url, ...order(1) });
  const Entries = [{ Id: "e2", ...order(2) }, { Id: "e3", ...order(3) }];
  const sent = await client.sendMessageBatch({ QueueUrl: url, Entries });
  expect("two sent", ["e2", "e3"], sent.Successful.map(({ Id }) => Id));
  const messages = await receive(url, { MaxNumberOfMessages: 10 });
  expect("in order, without the duplicate", ["order 1", "order 2", "order 3"], messages.map(({ Body }) => Body));
  const groups = messages.map(({ Attributes }) => Attributes.MessageGroupId);
  expect("group", ["a", "a", "a"], groups);
  const sha = createHash("sha256").update("order 1").digest("hex");
  expect("deduplication by content", sha, messages[0].Attributes.MessageDeduplicationId);
  const numbers = messages.map(({ Attributes }) => BigInt(Attributes.SequenceNumber));
  expect("sequence numbers rise", true, numbers[0] < numbers[1] && numbers[1] < numbers[2]);
  expect("first sequence number", BigInt(first.SequenceNumber), numbers[0]);
  await client.sendMessage({ QueueUrl: url, ...order(4) });
  expect("the group is locked", [], await receive(url));
  const handles = messages.map(({ ReceiptHandle }, at) => ({ Id: `${at}`, ReceiptHandle }));
  await client.deleteMessageBatch({ QueueUrl: url, Entries: handles });
  expect("the group is free", "order 4", (await one("after the deletes", url)).Body);
}

async function deadLetter() {
  const dead = await createQueue(`${run}-dead`);
  const policy = { deadLetterTargetArn: await attribute(dead, "QueueArn"), maxReceiveCount: 2 };
  const source = await createQueue(`${run}-source`, { RedrivePolicy: JSON.stringify(policy) });
  const sent = await client.sendMessage({ QueueUrl: source, MessageBody: "poison", MessageAttributes: attributes });
  for (const count of ["1", "2"]) {
    const message = await one(`receive ${count}`, source, { VisibilityTimeout: 0 });
    expect("count", count, message.Attributes.ApproximateReceiveCount);
  }
  expect("after two receives", [], await receive(source));
  const message = await one("in the dead-letter queue", dead, { VisibilityTimeout: 0, WaitTimeSeconds: 5 });
  const seen = [message.MessageId, message.Body, plain(message.MessageAttributes)];
  expect("dead letter", [sent.MessageId, "poison", attributes], seen);
  expect("where it comes from", await attribute(source, "QueueArn"), message.Attributes.DeadLetterQueueSourceArn);
  const sources = await client.listDeadLetterSourceQueues({ QueueUrl: dead });
  expect("sources", [source], sources.queueUrls);
  return [source, dead];
}

async function redrive([source, dead]) {
  const SourceArn = await attribute(dead, "QueueArn");
  const { TaskHandle } = await client.startMessageMoveTask({ SourceArn, MaxNumberOfMessagesPerSecond: 100 });
  expect("a handle", true, TaskHandle.length > 0);
  let task;
  for (let tries = 0; tries < 100 && (task?.Status ?? "RUNNING") === "RUNNING"; tries += 1) {
    [task] = (await client.listMessageMoveTasks({ SourceArn })).Results;
    await pause(100);
  }
  const seen = [task.Status, task.SourceArn, Number(task.ApproximateNumberOfMessagesMoved)];
  expect("task", ["COMPLETED", SourceArn, 1], seen);
  expect("back at its source", "poison", (await one("after the redrive", source, { WaitTimeSeconds: 5 })).Body);
  expect("dead-letter queue", [], await receive(dead));
}

async function refused(what, kind, name, status, call) {
  try {
    expect(what, name, await call());
  } catch (error) {
    expect(what, [true, name, status], [error instanceof kind, error.name, error.$metadata?.httpStatusCode]);
  }
}

async function errors(QueueUrl) {
  const same = ["x", "y"].map((ReceiptHandle) => ({ Id: "same", ReceiptHandle }));
  await refused("no such queue", sdk.QueueDoesNotExist, "QueueDoesNotExist", 400, () =>
    client.getQueueUrl({ QueueName: `${run}-none` }),
  );
  await refused("another value", sdk.QueueNameExists, "QueueNameExists", 400, () =>
    createQueue(`${run}-standard`, { VisibilityTimeout: "31" }),
  );
  await refused("no handle", sdk.ReceiptHandleIsInvalid, "ReceiptHandleIsInvalid", 404, () =>
    client.deleteMessage({ QueueUrl, ReceiptHandle: "no handle" }),
  );
  await refused("one id twice", sdk.BatchEntryIdsNotDistinct, "BatchEntryIdsNotDistinct", 400, () =>
    client.deleteMessageBatch({ QueueUrl, Entries: same }),
  );
  await refused("an error without a model", sdk.SQSServiceException, "InvalidParameterValue", 400, () =>
    client.sendMessage({ QueueUrl, MessageBody: "x", DelaySeconds: 901 }),
  );
}

async function cleanUp() {
  for (const QueueUrl of queues) await client.deleteQueue({ QueueUrl });
  const { QueueUrls = [] } = await client.listQueues({ QueueNamePrefix: run });
  expect("queues left", [], QueueUrls);
}

console.log(`@aws-sdk/client-sqs on Node.js ${process.version} ${h2c ? "h2c" : "HTTP/1.1"} ${endpoint}`);
const standard = await step("create", create);
const first = await step("send and receive", () => sendAndReceive(standard));
const second = await step("change visibility", () => changeVisibility(standard, first));
await step("delete", () => deleteMessage(standard, second));
await step("long poll", () => longPoll(standard));
await step("batch", () => batch(standard));
await step("fifo", fifo);
const pair = await step("dead letter", deadLetter);
await step("redrive", () => redrive(pair));
await step("errors", () => errors(standard));
await step("clean up", cleanUp);
client.destroy();
