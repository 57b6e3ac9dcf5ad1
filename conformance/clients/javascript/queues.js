// Queues that let the messages of a topic in.

import { expect } from "./expect.js";

export class Queues {
  #sqs;
  #urls = new Set();

  constructor(sqs) {
    this.#sqs = sqs;
  }

  async create(name, topic, attributes = {}) {
    const { QueueUrl: url } = await this.#sqs.createQueue({ QueueName: name, Attributes: attributes });
    this.#urls.add(url);
    const { Attributes } = await this.#sqs.getQueueAttributes({ QueueUrl: url, AttributeNames: ["QueueArn"] });
    const arn = Attributes.QueueArn;
    const statement = {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: arn,
      Condition: { ArnEquals: { "aws:SourceArn": topic } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await this.#sqs.setQueueAttributes({ QueueUrl: url, Attributes: { Policy } });
    return { url, arn };
  }

  // Takes messages out of a queue.
  async receive({ url }) {
    const all = { MessageSystemAttributeNames: ["All"], MessageAttributeNames: ["All"] };
    const parameters = { QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 2, ...all };
    const { Messages = [] } = await this.#sqs.receiveMessage(parameters);
    for (const { ReceiptHandle } of Messages) await this.#sqs.deleteMessage({ QueueUrl: url, ReceiptHandle });
    return Messages;
  }

  async take(queue, number) {
    const messages = [];
    while (messages.length < number) {
      const some = await this.receive(queue);
      expect("a message before the end of the poll", true, some.length > 0);
      messages.push(...some);
    }
    return messages;
  }

  async deleteAll() {
    for (const QueueUrl of this.#urls) await this.#sqs.deleteQueue({ QueueUrl });
  }
}
