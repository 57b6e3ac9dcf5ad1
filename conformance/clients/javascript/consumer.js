// A service that consumes with sqs-consumer: what it handles is gone, what it fails at comes back and ends in the dead-letter
// queue, and stopping it leaves no poll open.

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { SQS } from "@aws-sdk/client-sqs";
import { Consumer } from "sqs-consumer";
import { expect, step } from "./expect.js";

const run = randomUUID().slice(0, 8);
const sqs = new SQS({});

async function create() {
  const { QueueUrl: dead } = await sqs.createQueue({ QueueName: `${run}-dead` });
  const AttributeNames = ["QueueArn"];
  const { Attributes } = await sqs.getQueueAttributes({ QueueUrl: dead, AttributeNames });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes.QueueArn, maxReceiveCount: 2 });
  const { QueueUrl: source } = await sqs.createQueue({ QueueName: `${run}-orders`, Attributes: { RedrivePolicy } });
  return { source, dead };
}

async function send({ source }) {
  const bodies = Array.from({ length: 9 }, (_, number) => `order ${number}`).concat("poison");
  const Entries = bodies.map((MessageBody, at) => ({ Id: `e${at}`, MessageBody }));
  const { Successful } = await sqs.sendMessageBatch({ QueueUrl: source, Entries });
  expect("all sent", 10, Successful.length);
}

async function deadLetters({ dead }) {
  const AttributeNames = ["ApproximateNumberOfMessages"];
  return (await sqs.getQueueAttributes({ QueueUrl: dead, AttributeNames })).Attributes.ApproximateNumberOfMessages;
}

async function consume(queues) {
  const handled = [];
  const failures = [];
  const consumer = Consumer.create({
    queueUrl: queues.source,
    sqs,
    batchSize: 10,
    waitTimeSeconds: 20,
    // What fails is visible again at once.
    terminateVisibilityTimeout: true,
    attributeNames: ["ApproximateReceiveCount"],
    handleMessage: async (message) => {
      if (message.Body === "poison") throw new Error(`attempt ${message.Attributes.ApproximateReceiveCount}`);
      handled.push(message.Body);
      return message;
    },
  });
  consumer.on("processing_error", (error) => failures.push(error.message));
  let stopping = false;
  consumer.on("error", (error) => stopping || expect("no error", undefined, error));
  consumer.start();
  for (let tries = 0; tries < 200 && (handled.length < 9 || (await deadLetters(queues)) === "0"); tries += 1) await pause(100);
  const stopped = once(consumer, "stopped");
  // The consumer waits for more with a long poll of 20 s, which this has to end; it is told as an error.
  stopping = true;
  consumer.stop({ abort: true });
  await stopped;
  expect("handled", Array.from({ length: 9 }, (_, number) => `order ${number}`), handled.sort());
  const attempts = failures.map((text) => text.match(/attempt \d/)?.[0]);
  expect("failed", ["attempt 1", "attempt 2"], attempts);
}

async function drained({ source, dead }) {
  const left = await sqs.receiveMessage({ QueueUrl: source });
  expect("left in the queue", 0, left.Messages?.length ?? 0);
  const { Messages = [] } = await sqs.receiveMessage({ QueueUrl: dead, WaitTimeSeconds: 5 });
  expect("dead letters", ["poison"], Messages.map(({ Body }) => Body));
}

console.log(`sqs-consumer on Node.js ${process.version} ${process.env.AWS_ENDPOINT_URL}`);
const queues = await step("create", create);
await step("send", () => send(queues));
await step("consume", () => consume(queues));
await step("drained", () => drained(queues));
await step("clean up", () => Promise.all(Object.values(queues).map((QueueUrl) => sqs.deleteQueue({ QueueUrl }))));
