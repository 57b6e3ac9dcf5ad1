import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AFTER_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_SEQUENCE_NUMBER;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.AT_TIMESTAMP;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.LATEST;
import static software.amazon.awssdk.services.kinesis.model.ShardIteratorType.TRIM_HORIZON;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** The flow of streams of ../README.md with the AWS SDK for Java, which speaks CBOR to Kinesis. */
public final class Streams {
    private static final String ENDPOINT = System.getenv("AWS_ENDPOINT_URL");
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final String STREAM = RUN + "-orders";
    private static final String KEY = "naïve 日本";
    private static final SdkBytes DATA = everyByte();
    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);
    private static final BigInteger TOP = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Spoken spoken = new Spoken();
    private final KinesisClient kinesis =
            KinesisClient.builder().overrideConfiguration(it -> it.addExecutionInterceptor(spoken)).build();

    public static void main(String[] arguments) {
        System.out.printf("AWS SDK for Java %s on Java %s %s%n", VersionInfo.SDK_VERSION, Runtime.version(), ENDPOINT);
        Streams flow = new Streams();
        String arn = Expect.step("create", flow::create);
        List<Shard> shards = Expect.step("shards", flow::listShards);
        PutRecordResponse sent = Expect.step("put", () -> flow.put(shards));
        Expect.step("batch", () -> flow.batch(shards));
        Expect.step("iterators", () -> flow.iterators(shards, sent));
        List<Shard> children = Expect.step("split", () -> flow.split(shards));
        String merged = Expect.step("merge", () -> flow.merge(children));
        Expect.step("retention", flow::retention);
        Expect.step("fan-out", () -> flow.fanOut(arn, merged));
        Expect.step("tags", () -> flow.tags(arn));
        Expect.step("errors", () -> flow.errors(merged));
        Expect.step("clean up", flow::cleanUp);
    }

    /** Which encodings went over the wire, both ways. */
    private static final class Spoken implements ExecutionInterceptor {
        private final List<String> types = new ArrayList<>();

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            types.add(context.httpRequest().firstMatchingHeader("Content-Type").orElse("none"));
            types.add(context.httpResponse().firstMatchingHeader("Content-Type").orElse("none"));
        }
    }

    /** Records of a shard, and the children that are told at its end. */
    private record Contents(List<Record> records, List<ChildShard> children) {
        List<String> numbers() {
            return records.stream().map(Record::sequenceNumber).toList();
        }

        List<String> data(String key) {
            return records.stream().filter(it -> it.partitionKey().equals(key)).map(it -> it.data().asUtf8String())
                    .toList();
        }
    }

    private static SdkBytes everyByte() {
        byte[] bytes = new byte[256];
        IntStream.range(0, bytes.length).forEach(index -> bytes[index] = (byte) index);
        return SdkBytes.fromByteArray(bytes);
    }

    private static void await(String what, BooleanSupplier done) {
        Instant deadline = Instant.now().plus(LIMIT);
        while (!done.getAsBoolean()) {
            Expect.same(what + " before the deadline", true, Instant.now().isBefore(deadline));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private StreamDescriptionSummary summary() {
        return kinesis.describeStreamSummary(it -> it.streamName(STREAM)).streamDescriptionSummary();
    }

    private void awaitActive() {
        await("active", () -> summary().streamStatus() == StreamStatus.ACTIVE);
    }

    private static void often(WaiterOverrideConfiguration.Builder waiter) {
        waiter.maxAttempts(600).backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(100)));
    }

    private List<Shard> shards(Consumer<ListShardsRequest.Builder> more) {
        return kinesis.listShards(it -> more.accept(it.streamName(STREAM))).shards();
    }

    private static List<String> ids(List<Shard> shards) {
        return shards.stream().map(Shard::shardId).toList();
    }

    private static List<BigInteger> range(Shard shard) {
        return Stream.of(shard.hashKeyRange().startingHashKey(), shard.hashKeyRange().endingHashKey())
                .map(BigInteger::new).toList();
    }

    /** The shard that records of a partition key belong to. */
    private static String home(String key, List<Shard> shards) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
            BigInteger hash = new BigInteger(1, digest);
            return shards.stream().filter(it -> hash.compareTo(range(it).get(1)) <= 0).findFirst().get().shardId();
        } catch (NoSuchAlgorithmException error) {
            throw new IllegalStateException(error);
        }
    }

    private String iterator(String shard, Consumer<GetShardIteratorRequest.Builder> more) {
        return kinesis.getShardIterator(it -> more.accept(it.streamName(STREAM).shardId(shard))).shardIterator();
    }

    /** Reads up to the end of the shard, or to the present. */
    private Contents read(String shard, Consumer<GetShardIteratorRequest.Builder> more) {
        List<Record> records = new ArrayList<>();
        String position = iterator(shard, more);
        while (true) {
            String here = position;
            GetRecordsResponse page = kinesis.getRecords(it -> it.shardIterator(here));
            records.addAll(page.records());
            position = page.nextShardIterator();
            boolean isPresent = page.records().isEmpty() && page.millisBehindLatest() == 0;
            if (position == null || isPresent) {
                return new Contents(records, position == null ? page.childShards() : List.of());
            }
        }
    }

    private Contents read(String shard) {
        return read(shard, it -> it.shardIteratorType(TRIM_HORIZON));
    }

    private PutRecordResponse putAt(BigInteger hashKey, SdkBytes data) {
        return kinesis.putRecord(
                it -> it.streamName(STREAM).partitionKey("a").explicitHashKey(hashKey.toString()).data(data));
    }

    private String create() {
        kinesis.createStream(it -> it.streamName(STREAM).shardCount(2).tags(Map.of("team", "orders")));
        Expect.same("on its way", StreamStatus.CREATING, summary().streamStatus());
        kinesis.waiter().waitUntilStreamExists(it -> it.streamName(STREAM), Streams::often);
        StreamDescriptionSummary shown = summary();
        Expect.same("summary", List.of(STREAM, StreamStatus.ACTIVE, 2, 24, "NONE", 0),
                List.of(shown.streamName(), shown.streamStatus(), shown.openShardCount(), shown.retentionPeriodHours(),
                        shown.encryptionTypeAsString(), shown.consumerCount()));
        Expect.same("mode", "PROVISIONED", shown.streamModeDetails().streamModeAsString());
        String[] arn = shown.streamARN().split(":");
        Expect.same("ARN", List.of("kinesis", System.getenv("AWS_REGION"), "stream/" + STREAM),
                List.of(arn[2], arn[3], arn[5]));
        Expect.same("created just now", true, isNow(shown.streamCreationTimestamp()));
        refused("created again", ResourceInUseException.class, "ResourceInUseException",
                () -> kinesis.createStream(it -> it.streamName(STREAM).shardCount(1)));
        Expect.same("listed", List.of(STREAM), kinesis.listStreamsPaginator(it -> it.limit(1)).streamNames().stream()
                .filter(STREAM::equals).toList());
        Expect.same("encoding, both ways", List.of("application/x-amz-cbor-1.1"),
                spoken.types.stream().distinct().toList());
        return shown.streamARN();
    }

    /** In CBOR a time is an integer of milliseconds. */
    private static boolean isNow(Instant time) {
        return Duration.between(time, Instant.now()).abs().compareTo(LIMIT) < 0;
    }

    private List<Shard> listShards() {
        List<Shard> all = shards(it -> {});
        Expect.same("ids", List.of("shardId-000000000000", "shardId-000000000001"), ids(all));
        Expect.same("ranges", List.of(BigInteger.ZERO, MIDDLE.subtract(BigInteger.ONE), MIDDLE, TOP),
                all.stream().flatMap(it -> range(it).stream()).toList());
        ListShardsResponse first = kinesis.listShards(it -> it.streamName(STREAM).maxResults(1));
        ListShardsResponse second = kinesis.listShards(it -> it.nextToken(first.nextToken()));
        Expect.same("in pages", all, Stream.of(first, second).flatMap(it -> it.shards().stream()).toList());
        Expect.same("no third page", null, second.nextToken());
        return all;
    }

    private PutRecordResponse put(List<Shard> shards) {
        PutRecordResponse sent = kinesis.putRecord(it -> it.streamName(STREAM).partitionKey(KEY).data(DATA));
        Expect.same("shard of the key", home(KEY, shards), sent.shardId());
        List<BigInteger> numbers = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            SdkBytes data = SdkBytes.fromUtf8String(Integer.toString(number));
            String last = numbers.isEmpty() ? null : numbers.get(number - 1).toString();
            PutRecordResponse told = kinesis.putRecord(it -> it.streamName(STREAM).partitionKey("a")
                    .explicitHashKey("0").data(data).sequenceNumberForOrdering(last));
            Expect.same("shard of the hash key", shards.get(0).shardId(), told.shardId());
            numbers.add(new BigInteger(told.sequenceNumber()));
        }
        Expect.same("numbers rise", numbers.stream().distinct().sorted().toList(), numbers);
        return sent;
    }

    private void batch(List<Shard> shards) {
        List<PutRecordsRequestEntry> records = IntStream.range(0, 20).mapToObj(number -> PutRecordsRequestEntry.builder()
                .partitionKey("key-" + number % 5).data(SdkBytes.fromUtf8String("order " + number)).build()).toList();
        PutRecordsResponse sent = kinesis.putRecords(it -> it.streamName(STREAM).records(records));
        Expect.same("none failed", 0, sent.failedRecordCount());
        Expect.same("their shards", records.stream().map(it -> home(it.partitionKey(), shards)).toList(),
                sent.records().stream().map(PutRecordsResultEntry::shardId).toList());
        PutRecordsRequestEntry large = PutRecordsRequestEntry.builder().partitionKey("a")
                .explicitHashKey(TOP.toString()).data(SdkBytes.fromByteArray(new byte[400_000])).build();
        PutRecordsResponse some =
                kinesis.putRecords(it -> it.streamName(STREAM).records(large, large, large, large));
        long refused = some.records().stream()
                .filter(it -> "ProvisionedThroughputExceededException".equals(it.errorCode())).count();
        Expect.same("too much for a shard", true, refused > 0 && refused == some.failedRecordCount());
        Expect.same("the others are in", 4 - refused,
                some.records().stream().filter(it -> it.sequenceNumber() != null).count());
    }

    private void iterators(List<Shard> shards, PutRecordResponse sent) {
        String shard = sent.shardId();
        Contents all = read(shard);
        List<BigInteger> numbers = all.numbers().stream().map(BigInteger::new).toList();
        Expect.same("numbers rise", numbers.stream().distinct().sorted().toList(), numbers);
        all.records().stream().map(Record::partitionKey).filter(it -> it.startsWith("key-")).distinct().forEach(key -> {
            int first = Integer.parseInt(key.substring(4));
            Expect.same("each key in order",
                    IntStream.range(0, 4).mapToObj(round -> "order " + (first + 5 * round)).toList(),
                    all.data(key));
        });
        String number = sent.sequenceNumber();
        String at = iterator(shard, it -> it.shardIteratorType(AT_SEQUENCE_NUMBER).startingSequenceNumber(number));
        Record record = kinesis.getRecords(it -> it.shardIterator(at).limit(1)).records().get(0);
        Expect.same("record", List.of(number, KEY, DATA),
                List.of(record.sequenceNumber(), record.partitionKey(), record.data()));
        Instant arrived = record.approximateArrivalTimestamp();
        Expect.same("arrived just now", true, isNow(arrived));
        List<String> since = all.numbers().subList(all.numbers().indexOf(number), all.numbers().size());
        Expect.same("after it", since.subList(1, since.size()),
                read(shard, it -> it.shardIteratorType(AFTER_SEQUENCE_NUMBER).startingSequenceNumber(number)).numbers());
        Expect.same("since it arrived", since,
                read(shard, it -> it.shardIteratorType(AT_TIMESTAMP).timestamp(arrived)).numbers());
        String latest = iterator(shards.get(1).shardId(), it -> it.shardIteratorType(LATEST));
        PutRecordResponse told = putAt(TOP, DATA);
        GetRecordsResponse page = kinesis.getRecords(it -> it.shardIterator(latest));
        Expect.same("what is new", List.of(told.sequenceNumber()),
                page.records().stream().map(Record::sequenceNumber).toList());
        Expect.same("caught up", 0L, page.millisBehindLatest());
        Expect.same("an iterator reads again", page.records(), kinesis.getRecords(it -> it.shardIterator(latest)).records());
    }

    private List<Shard> split(List<Shard> shards) {
        String parent = shards.get(0).shardId();
        BigInteger quarter = MIDDLE.shiftRight(1);
        kinesis.splitShard(it -> it.streamName(STREAM).shardToSplit(parent).newStartingHashKey(quarter.toString()));
        Expect.same("on its way", StreamStatus.UPDATING, summary().streamStatus());
        awaitActive();
        List<Shard> children = shards(it -> {}).stream().filter(it -> parent.equals(it.parentShardId())).toList();
        BigInteger one = BigInteger.ONE;
        Expect.same("ranges", List.of(BigInteger.ZERO, quarter.subtract(one), quarter, MIDDLE.subtract(one)),
                children.stream().flatMap(it -> range(it).stream()).toList());
        Expect.same("open at present", Stream.concat(Stream.of(shards.get(1)), children.stream()).toList(),
                shards(it -> it.shardFilter(filter -> filter.type(ShardFilterType.AT_LATEST))));
        List<PutRecordResponse> sent = children.stream().map(it -> putAt(range(it).get(0), DATA)).toList();
        Contents old = read(parent);
        Expect.same("the parent names its children at its end", ids(children),
                old.children().stream().map(ChildShard::shardId).toList());
        Expect.same("and is named", List.of(parent), old.children().get(0).parentShards());
        Expect.same("the parent keeps its order", List.of("0", "1", "2"), old.data("a"));
        for (int at = 0; at < 2; at++) {
            Expect.same("shard of the put", children.get(at).shardId(), sent.get(at).shardId());
            Expect.same("the child has what came since", List.of(sent.get(at).sequenceNumber()),
                    read(children.get(at).shardId()).numbers());
        }
        return children;
    }

    private String merge(List<Shard> children) {
        String low = children.get(0).shardId();
        String high = children.get(1).shardId();
        kinesis.mergeShards(it -> it.streamName(STREAM).shardToMerge(low).adjacentShardToMerge(high));
        awaitActive();
        Shard merged = shards(it -> {}).stream().filter(it -> high.equals(it.adjacentParentShardId())).findFirst().get();
        Expect.same("other parent", low, merged.parentShardId());
        Expect.same("range", List.of(BigInteger.ZERO, MIDDLE.subtract(BigInteger.ONE)), range(merged));
        for (String parent : List.of(low, high)) {
            Contents old = read(parent);
            Expect.same("parents end", 1, old.records().size());
            Expect.same("and name it", List.of(merged.shardId()),
                    old.children().stream().map(ChildShard::shardId).toList());
            Expect.same("both parents", List.of(low, high), old.children().get(0).parentShards().stream().sorted().toList());
        }
        PutRecordResponse sent = putAt(BigInteger.ZERO, SdkBytes.fromUtf8String("merged"));
        Expect.same("puts go to it", merged.shardId(), sent.shardId());
        return merged.shardId();
    }

    private void retention() {
        kinesis.increaseStreamRetentionPeriod(it -> it.streamName(STREAM).retentionPeriodHours(48));
        awaitActive();
        Expect.same("longer", 48, summary().retentionPeriodHours());
        kinesis.decreaseStreamRetentionPeriod(it -> it.streamName(STREAM).retentionPeriodHours(24));
        awaitActive();
        Expect.same("as before", 24, summary().retentionPeriodHours());
    }

    private void fanOut(String arn, String shard) {
        String consumer = kinesis.registerStreamConsumer(it -> it.streamARN(arn).consumerName("reader")).consumer().consumerARN();
        Expect.same("its ARN", true, consumer.startsWith(arn + "/consumer/reader:"));
        await("active", () -> kinesis.describeStreamConsumer(it -> it.consumerARN(consumer)).consumerDescription()
                .consumerStatus() == ConsumerStatus.ACTIVE);
        // Over HTTP/2 without TLS, as its other calls.
        try (KinesisAsyncClient async = KinesisAsyncClient.create()) {
            BlockingQueue<SubscribeToShardEventStream> events = new LinkedBlockingQueue<>();
            CompletableFuture<Void> subscription = async.subscribeToShard(
                    it -> it.consumerARN(consumer).shardId(shard).startingPosition(from -> from.type(TRIM_HORIZON)),
                    SubscribeToShardResponseHandler.builder().subscriber(events::add).build());
            List<Record> seen = new ArrayList<>();
            Expect.same("what was there", "merged", next(events, seen).records().get(0).data().asUtf8String());
            String sent = async.putRecord(it -> it.streamName(STREAM).partitionKey(KEY).explicitHashKey("0").data(DATA))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS).sequenceNumber();
            SubscribeToShardEvent event = next(events, seen);
            Record record = event.records().get(0);
            Expect.same("what came", List.of(sent, KEY, DATA),
                    List.of(record.sequenceNumber(), record.partitionKey(), record.data()));
            Expect.same("arrived just now", true, isNow(record.approximateArrivalTimestamp()));
            Expect.same("where to go on", true,
                    new BigInteger(event.continuationSequenceNumber()).compareTo(new BigInteger(sent)) >= 0);
            Expect.same("caught up", 0L, event.millisBehindLatest());
            Expect.same("still subscribed", false, subscription.isDone());
        } catch (ExecutionException | java.util.concurrent.TimeoutException | InterruptedException error) {
            throw new IllegalStateException(error);
        }
        refused("deleted with a consumer", ResourceInUseException.class, "ResourceInUseException",
                () -> kinesis.deleteStream(it -> it.streamName(STREAM)));
    }

    /** The next event that has records. */
    private static SubscribeToShardEvent next(BlockingQueue<SubscribeToShardEventStream> events, List<Record> seen)
            throws InterruptedException {
        while (true) {
            SubscribeToShardEventStream event = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            Expect.same("an event before the deadline", false, event == null);
            SubscribeToShardEvent told = (SubscribeToShardEvent) event;
            seen.addAll(told.records());
            if (!told.records().isEmpty()) {
                return told;
            }
        }
    }

    private void tags(String arn) {
        Tag team = Tag.builder().key("team").value("orders").build();
        Expect.same("of the creation", List.of(team), kinesis.listTagsForStream(it -> it.streamName(STREAM)).tags());
        kinesis.addTagsToStream(it -> it.streamName(STREAM).tags(Map.of("cost", "über", "stage", "test")));
        kinesis.removeTagsFromStream(it -> it.streamName(STREAM).tagKeys("stage"));
        kinesis.untagResource(it -> it.resourceARN(arn).tagKeys("team"));
        Expect.same("left", List.of(Tag.builder().key("cost").value("über").build()),
                kinesis.listTagsForResource(it -> it.resourceARN(arn)).tags());
    }

    private static KinesisException refused(
            String what, Class<? extends KinesisException> modelled, String code, Runnable call) {
        try {
            call.run();
        } catch (KinesisException error) {
            Expect.same(what, List.of(modelled, code, 400),
                    List.of(error.getClass(), error.awsErrorDetails().errorCode(), error.statusCode()));
            return error;
        }
        Expect.same(what, modelled, "no error");
        return null;
    }

    private void errors(String shard) {
        KinesisException told = refused("no such stream", ResourceNotFoundException.class, "ResourceNotFoundException",
                () -> kinesis.putRecord(it -> it.streamName(RUN + "-none").partitionKey("a").data(DATA)));
        Expect.same("which stream", "Stream " + RUN + "-none under account " + System.getenv("AWS_ACCESS_KEY_ID") + " not found.",
                told.awsErrorDetails().errorMessage());
        refused("an iterator of nobody", InvalidArgumentException.class, "InvalidArgumentException",
                () -> kinesis.getRecords(it -> it.shardIterator("none")));
        refused("no key between", InvalidArgumentException.class, "InvalidArgumentException",
                () -> kinesis.splitShard(it -> it.streamName(STREAM).shardToSplit(shard).newStartingHashKey("0")));
        refused("more shards than an account has", LimitExceededException.class, "LimitExceededException",
                () -> kinesis.createStream(it -> it.streamName(RUN + "-none").shardCount(100_000)));
        refused("nothing to put", ValidationException.class, "ValidationException",
                () -> kinesis.putRecords(it -> it.streamName(STREAM).records(List.of())));
    }

    private void cleanUp() {
        kinesis.deleteStream(it -> it.streamName(STREAM).enforceConsumerDeletion(true));
        kinesis.waiter().waitUntilStreamNotExists(it -> it.streamName(STREAM), Streams::often);
        Expect.same("streams left", List.of(),
                kinesis.listStreams().streamNames().stream().filter(it -> it.contains(RUN)).toList());
        Expect.same("encoding, both ways", List.of("application/x-amz-cbor-1.1"),
                spoken.types.stream().distinct().toList());
    }
}
