// Notifications as AWS's own sns-validator sees them: their signatures hold, and do not once a message was changed. It fetches
// certificates over HTTPS alone.

import { randomUUID } from "node:crypto";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import MessageValidator from "sns-validator";
import { expect, step } from "./expect.js";
import { Queues } from "./queues.js";

const run = randomUUID().slice(0, 8);
const { host } = new URL(process.env.AWS_ENDPOINT_URL);
const sns = new SNS({});
const queues = new Queues(new SQS({}));
// It trusts hosts of AWS alone unless told otherwise.
const validator = new MessageValidator(new RegExp(`^${host.replaceAll(".", "\\.")}$`));
const topics = new Set();

const fault = (message) =>
  new Promise((resolve) => validator.validate(message, (error) => resolve(error?.message ?? null)));

async function verify(version) {
  const Attributes = { SignatureVersion: version };
  const { TopicArn } = await sns.createTopic({ Name: `${run}-version-${version}`, Attributes });
  topics.add(TopicArn);
  const queue = await queues.create(`${run}-version-${version}`, TopicArn);
  await sns.subscribe({ TopicArn, Protocol: "sqs", Endpoint: queue.arn });
  for (const Subject of [undefined, "naïve & <tag>"]) {
    await sns.publish({ TopicArn, Message: 'naïve & <tag> "quoted"\t日本 😀', Subject });
    const [{ Body }] = await queues.take(queue, 1);
    const message = JSON.parse(Body);
    expect("version", version, message.SignatureVersion);
    expect("the message as it came", null, await fault({ ...message }));
    expect("another message", "The message signature is invalid.", await fault({ ...message, Message: "another" }));
  }
}

async function cleanUp() {
  for (const TopicArn of topics) await sns.deleteTopic({ TopicArn });
  await queues.deleteAll();
}

console.log(`sns-validator on Node.js ${process.version} ${process.env.AWS_ENDPOINT_URL}`);
await step("version 1", () => verify("1"));
await step("version 2", () => verify("2"));
await step("clean up", cleanUp);
