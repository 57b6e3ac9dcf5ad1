// The flow of streams of ../README.md with the AWS SDK for JavaScript, which speaks HTTP/2 to Kinesis; with `http1` as its argument HTTP/1.1.

import { createHash, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import * as sdk from "@aws-sdk/client-kinesis";
import { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import { expect, step } from "./expect.js";

const endpoint = process.env.AWS_ENDPOINT_URL;
const run = randomUUID().slice(0, 8);
const StreamName = `${run}-orders`;
const PartitionKey = "naïve 日本";
const Data = Uint8Array.from({ length: 256 }, (_, index) => index);
const top = 2n ** 128n - 1n;
const middle = 2n ** 127n;

const http1 = process.argv[2] === "http1";
const requestHandler = http1 ? new NodeHttpHandler() : undefined;
const kinesis = new sdk.Kinesis({ requestHandler });
expect("HTTP/2", !http1, kinesis.config.requestHandler instanceof NodeHttp2Handler);

const summary = async () => (await kinesis.describeStreamSummary({ StreamName })).StreamDescriptionSummary;
const shards = async (more) => (await kinesis.listShards({ StreamName, ...more })).Shards;
const ids = (found) => found.map(({ ShardId }) => ShardId);
const range = ({ HashKeyRange }) => [BigInt(HashKeyRange.StartingHashKey), BigInt(HashKeyRange.EndingHashKey)];
const numbers = (records) => records.map(({ SequenceNumber }) => SequenceNumber);
const text = (bytes) => Buffer.from(bytes).toString();
const often = { client: kinesis, minDelay: 1, maxDelay: 1, maxWaitTime: 60 };

async function active(what, status) {
  for (const deadline = Date.now() + 60_000; (await status()) !== "ACTIVE"; await pause(100)) {
    expect(`${what} is active before the deadline`, true, Date.now() < deadline);
  }
}

const streamIsActive = () => active("stream", async () => (await summary()).StreamStatus);

/** The shard that records of a partition key belong to. */
function home(key, found) {
  const hash = BigInt(`0x${createHash("md5").update(key).digest("hex")}`);
  return found.find((shard) => hash <= range(shard)[1]).ShardId;
}

async function iterator(ShardId, ShardIteratorType, more) {
  return (await kinesis.getShardIterator({ StreamName, ShardId, ShardIteratorType, ...more })).ShardIterator;
}

/** Records up to the end of the shard, or to the present, and the children of a shard that ended. */
async function read(ShardId, type = "TRIM_HORIZON", more = {}) {
  const records = [];
  for (let ShardIterator = await iterator(ShardId, type, more); ; ) {
    const page = await kinesis.getRecords({ ShardIterator });
    records.push(...page.Records);
    ShardIterator = page.NextShardIterator;
    if (ShardIterator === undefined) return { records, children: page.ChildShards };
    if (page.Records.length === 0 && page.MillisBehindLatest === 0) return { records };
  }
}

const isNow = (time) => Math.abs(Date.now() - time.getTime()) < 60_000;

const putAt = (ExplicitHashKey, Data, more) =>
  kinesis.putRecord({ StreamName, PartitionKey: "a", ExplicitHashKey: `${ExplicitHashKey}`, Data, ...more });

async function refused(what, kind, call) {
  try {
    expect(what, kind.name, await call());
  } catch (error) {
    expect(what, [true, kind.name, 400], [error instanceof kind, error.name, error.$metadata?.httpStatusCode]);
    return error.message;
  }
}

async function create() {
  await kinesis.createStream({ StreamName, ShardCount: 2, Tags: { team: "orders" } });
  expect("on its way", "CREATING", (await summary()).StreamStatus);
  await sdk.waitUntilStreamExists(often, { StreamName });
  const shown = await summary();
  const names = ["StreamName", "StreamStatus", "OpenShardCount", "RetentionPeriodHours", "EncryptionType", "ConsumerCount"];
  expect("summary", [StreamName, "ACTIVE", 2, 24, "NONE", 0], names.map((name) => shown[name]));
  expect("mode", "PROVISIONED", shown.StreamModeDetails.StreamMode);
  const arn = shown.StreamARN.split(":");
  expect("ARN", ["kinesis", process.env.AWS_REGION, `stream/${StreamName}`], [arn[2], arn[3], arn[5]]);
  expect("created just now", true, isNow(shown.StreamCreationTimestamp));
  const again = () => kinesis.createStream({ StreamName, ShardCount: 1 });
  await refused("created again", sdk.ResourceInUseException, again);
  const { StreamDescription } = await kinesis.describeStream({ StreamName });
  expect("described", ids(await shards()), ids(StreamDescription.Shards));
  const listed = [];
  for await (const { StreamNames } of sdk.paginateListStreams({ client: kinesis, pageSize: 1 }, {})) listed.push(...StreamNames);
  expect("listed", 1, listed.filter((name) => name === StreamName).length);
  return shown.StreamARN;
}

async function list() {
  const found = await shards();
  expect("ids", ["shardId-000000000000", "shardId-000000000001"], ids(found));
  expect("ranges", [[0n, middle - 1n], [middle, top]], found.map(range));
  const first = await kinesis.listShards({ StreamName, MaxResults: 1 });
  const second = await kinesis.listShards({ NextToken: first.NextToken });
  expect("in pages", ids(found), ids([...first.Shards, ...second.Shards]));
  expect("no third page", undefined, second.NextToken);
  return found;
}

async function put(found) {
  const sent = await kinesis.putRecord({ StreamName, PartitionKey, Data });
  expect("shard of the key", home(PartitionKey, found), sent.ShardId);
  let last;
  for (const number of ["0", "1", "2"]) {
    const told = await putAt(0n, Buffer.from(number), { SequenceNumberForOrdering: last });
    expect("shard of the hash key", found[0].ShardId, told.ShardId);
    expect("numbers rise", true, last === undefined || BigInt(last) < BigInt(told.SequenceNumber));
    last = told.SequenceNumber;
  }
  return sent;
}

async function batch(found) {
  const Records = Array.from({ length: 20 }, (_, number) => ({
    PartitionKey: `key-${number % 5}`,
    Data: Buffer.from(`order ${number}`),
  }));
  const sent = await kinesis.putRecords({ StreamName, Records });
  expect("none failed", 0, sent.FailedRecordCount);
  expect("their shards", Records.map(({ PartitionKey }) => home(PartitionKey, found)), ids(sent.Records));
  const large = { PartitionKey: "a", ExplicitHashKey: `${top}`, Data: new Uint8Array(400_000) };
  const some = await kinesis.putRecords({ StreamName, Records: [large, large, large, large] });
  const failed = some.Records.filter(({ ErrorCode }) => ErrorCode === "ProvisionedThroughputExceededException").length;
  expect("too much for a shard", [true, some.FailedRecordCount], [failed > 0, failed]);
  expect("the others are in", 4 - failed, some.Records.filter(({ SequenceNumber }) => SequenceNumber).length);
}

async function iterators(found, sent) {
  const { ShardId, SequenceNumber } = sent;
  const { records } = await read(ShardId);
  for (const key of new Set(records.map(({ PartitionKey }) => PartitionKey).filter((key) => key.startsWith("key-")))) {
    const own = records.filter(({ PartitionKey }) => PartitionKey === key).map(({ Data }) => text(Data));
    expect("each key in order", [0, 5, 10, 15].map((number) => `order ${number + Number(key.slice(4))}`), own);
  }
  const at = await iterator(ShardId, "AT_SEQUENCE_NUMBER", { StartingSequenceNumber: SequenceNumber });
  const [record] = (await kinesis.getRecords({ ShardIterator: at, Limit: 1 })).Records;
  const seen = [record.SequenceNumber, record.PartitionKey, Uint8Array.from(record.Data)];
  expect("record", [SequenceNumber, PartitionKey, Data], seen);
  const Timestamp = record.ApproximateArrivalTimestamp;
  expect("arrived just now", true, isNow(Timestamp));
  const since = numbers(records).slice(numbers(records).indexOf(SequenceNumber));
  const after = await read(ShardId, "AFTER_SEQUENCE_NUMBER", { StartingSequenceNumber: SequenceNumber });
  expect("after it", since.slice(1), numbers(after.records));
  expect("since it arrived", since, numbers((await read(ShardId, "AT_TIMESTAMP", { Timestamp })).records));
  const latest = await iterator(found[1].ShardId, "LATEST");
  const told = await putAt(top, Data);
  const page = await kinesis.getRecords({ ShardIterator: latest });
  expect("what is new", [told.SequenceNumber], numbers(page.Records));
  expect("caught up", 0, page.MillisBehindLatest);
  const again = await kinesis.getRecords({ ShardIterator: latest });
  expect("an iterator reads again", numbers(page.Records), numbers(again.Records));
}

async function split(found) {
  const parent = found[0].ShardId;
  await kinesis.splitShard({ StreamName, ShardToSplit: parent, NewStartingHashKey: `${middle / 2n}` });
  expect("on its way", "UPDATING", (await summary()).StreamStatus);
  await streamIsActive();
  const children = (await shards()).filter(({ ParentShardId }) => ParentShardId === parent);
  expect("ranges", [[0n, middle / 2n - 1n], [middle / 2n, middle - 1n]], children.map(range));
  const open = await shards({ ShardFilter: { Type: "AT_LATEST" } });
  expect("open at present", ids([found[1], ...children]), ids(open));
  const sent = [];
  for (const child of children) sent.push(await putAt(range(child)[0], Data));
  expect("puts go to the children", ids(children), ids(sent));
  const old = await read(parent);
  expect("the parent names them at its end", ids(children), ids(old.children));
  const own = old.records.filter(({ PartitionKey }) => PartitionKey === "a").map(({ Data }) => text(Data));
  expect("the parent keeps its order", ["0", "1", "2"], own);
  for (const [at, { ShardId }] of children.entries()) {
    const young = await read(ShardId);
    expect("the child has what came since", [sent[at].SequenceNumber], numbers(young.records));
  }
  return children;
}

async function merge(children) {
  const [ShardToMerge, AdjacentShardToMerge] = ids(children);
  await kinesis.mergeShards({ StreamName, ShardToMerge, AdjacentShardToMerge });
  await streamIsActive();
  const merged = (await shards()).find((shard) => shard.AdjacentParentShardId === AdjacentShardToMerge);
  expect("parent and range", [ShardToMerge, [0n, middle - 1n]], [merged.ParentShardId, range(merged)]);
  for (const parent of [ShardToMerge, AdjacentShardToMerge]) {
    const old = await read(parent);
    expect("parents end", [1, [merged.ShardId]], [old.records.length, ids(old.children)]);
    expect("both parents", [ShardToMerge, AdjacentShardToMerge], [...old.children[0].ParentShards].sort());
  }
  expect("puts go to it", merged.ShardId, (await putAt(0n, Buffer.from("merged"))).ShardId);
  return merged.ShardId;
}

async function retention() {
  await kinesis.increaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 48 });
  await streamIsActive();
  expect("longer", 48, (await summary()).RetentionPeriodHours);
  await kinesis.decreaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 24 });
  await streamIsActive();
  expect("as before", 24, (await summary()).RetentionPeriodHours);
}

async function fanOut(StreamARN, ShardId) {
  const ConsumerName = "reader";
  const { Consumer } = await kinesis.registerStreamConsumer({ StreamARN, ConsumerName });
  const { ConsumerARN } = Consumer;
  expect("on its way", "CREATING", Consumer.ConsumerStatus);
  expect("its ARN", true, ConsumerARN.startsWith(`${StreamARN}/consumer/reader:`));
  const status = async () => (await kinesis.describeStreamConsumer({ ConsumerARN })).ConsumerDescription.ConsumerStatus;
  await active("consumer", status);
  const StartingPosition = { Type: "TRIM_HORIZON" };
  const { EventStream } = await kinesis.subscribeToShard({ ConsumerARN, ShardId, StartingPosition });
  const seen = [];
  let sent;
  for await (const { SubscribeToShardEvent: event } of EventStream) {
    seen.push(...event.Records);
    if (sent === undefined && seen.length === 1) {
      sent = await kinesis.putRecord({ StreamName, PartitionKey, ExplicitHashKey: "0", Data });
    }
    if (seen.length < 2) continue;
    expect("where to go on", true, BigInt(event.ContinuationSequenceNumber) >= BigInt(sent.SequenceNumber));
    expect("caught up", 0, event.MillisBehindLatest);
    break;
  }
  expect("what was there", "merged", text(seen[0].Data));
  const came = [seen[1].SequenceNumber, seen[1].PartitionKey, Uint8Array.from(seen[1].Data)];
  expect("what came", [sent.SequenceNumber, PartitionKey, Data], came);
  const { ResourceInUseException } = sdk;
  await refused("registered again", ResourceInUseException, () => kinesis.registerStreamConsumer({ StreamARN, ConsumerName }));
  await refused("deleted with a consumer", ResourceInUseException, () => kinesis.deleteStream({ StreamName }));
}

async function tags(ResourceARN) {
  const { Tags } = await kinesis.listTagsForStream({ StreamName });
  expect("of the creation", [{ Key: "team", Value: "orders" }], Tags);
  await kinesis.addTagsToStream({ StreamName, Tags: { cost: "über", stage: "test" } });
  await kinesis.removeTagsFromStream({ StreamName, TagKeys: ["stage"] });
  await kinesis.untagResource({ ResourceARN, TagKeys: ["team"] });
  const left = (await kinesis.listTagsForResource({ ResourceARN })).Tags;
  expect("left", [{ Key: "cost", Value: "über" }], left);
}

async function errors(ShardToSplit) {
  const none = `${run}-none`;
  const told = await refused("no such stream", sdk.ResourceNotFoundException, () =>
    kinesis.putRecord({ StreamName: none, PartitionKey, Data }),
  );
  expect("which stream", `Stream ${none} under account ${process.env.AWS_ACCESS_KEY_ID} not found.`, told);
  const { InvalidArgumentException, LimitExceededException, ValidationException } = sdk;
  await refused("an iterator of nobody", InvalidArgumentException, () => kinesis.getRecords({ ShardIterator: "none" }));
  await refused("no key between", InvalidArgumentException, () =>
    kinesis.splitShard({ StreamName, ShardToSplit, NewStartingHashKey: "0" }),
  );
  await refused("more shards than an account has", LimitExceededException, () =>
    kinesis.createStream({ StreamName: none, ShardCount: 100_000 }),
  );
  await refused("nothing to put", ValidationException, () => kinesis.putRecords({ StreamName, Records: [] }));
}

async function cleanUp() {
  await kinesis.deleteStream({ StreamName, EnforceConsumerDeletion: true });
  await sdk.waitUntilStreamNotExists(often, { StreamName });
  const { StreamNames } = await kinesis.listStreams({});
  expect("streams left", [], StreamNames.filter((name) => name.includes(run)));
  kinesis.destroy();
}

console.log(`@aws-sdk/client-kinesis on Node.js ${process.version} ${endpoint}`);
const arn = await step("create", create);
const found = await step("shards", list);
const sent = await step("put", () => put(found));
await step("batch", () => batch(found));
await step("iterators", () => iterators(found, sent));
const children = await step("split", () => split(found));
const merged = await step("merge", () => merge(children));
await step("retention", retention);
await step("fan-out", () => fanOut(arn, merged));
await step("tags", () => tags(arn));
await step("errors", () => errors(merged));
await step("clean up", cleanUp);
