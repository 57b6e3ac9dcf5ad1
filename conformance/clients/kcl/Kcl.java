import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Two applications of KCL on one stream, one that polls and one with enhanced fan-out, through a split and a merge. */
public final class Kcl {
    private static final String STREAM = "orders";
    private static final String AGGREGATED = "aggregated";
    private static final int KEYS = 16;
    private static final int AGGREGATED_KEYS = 8;
    private static final int AGGREGATED_EACH = 40;
    private static final long LIMIT_SECONDS = 90;

    private final KinesisClient kinesis = KinesisClient.create();
    private final List<Application> applications = new ArrayList<>();
    /** Reads a stream that another client has filled. */
    private Application aggregated;
    private volatile boolean isOpen = true;
    /** How many records were put with each key. */
    private final Map<String, Integer> put = new ConcurrentSkipListMap<>();

    public static void main(String[] arguments) throws InterruptedException {
        Kcl flow = new Kcl();
        Expect.step("create", flow::create);
        Thread producer = new Thread(flow::produce, "producer");
        producer.start();
        Expect.step("both workers read", flow::bothWorkersRead);
        List<String> children = Expect.step("split", flow::split);
        Expect.step("merge", () -> flow.merge(children));
        Expect.step("a worker ends", flow::aWorkerEnds);
        flow.isOpen = false;
        producer.join();
        Expect.step("every record, in order", flow::everyRecord);
        Expect.step("aggregated records", flow::aggregatedRecords);
        Expect.step("clean up", flow::cleanUp);
        System.exit(0);
    }

    static void await(String what, BooleanSupplier done) {
        Instant deadline = Instant.now().plusSeconds(LIMIT_SECONDS);
        while (!done.getAsBoolean()) {
            Expect.same(what + " before the deadline", true, Instant.now().isBefore(deadline));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void awaitActive() {
        await("active", () -> kinesis.describeStreamSummary(it -> it.streamName(STREAM)).streamDescriptionSummary()
                .streamStatus() == StreamStatus.ACTIVE);
    }

    /** Waits for both applications. */
    private void awaitBoth(String what, Predicate<Ledger> done) {
        applications.forEach(it -> await(it.name + ": " + what, () -> done.test(it.ledger)));
    }

    private void create() {
        kinesis.createStream(it -> it.streamName(STREAM).shardCount(2));
        awaitActive();
        applications.add(new Application("polling", STREAM, Application.Mode.POLLING, 2));
        applications.add(new Application("fan-out", STREAM, Application.Mode.FAN_OUT, 2));
        aggregated = new Application("aggregated", AGGREGATED, Application.Mode.POLLING, 1);
    }

    /** Puts the next record of each key, ten times a second. */
    private void produce() {
        for (int number = 0; isOpen; number++) {
            String text = Integer.toString(number);
            List<PutRecordsRequestEntry> records = IntStream.range(0, KEYS).mapToObj(key -> PutRecordsRequestEntry.builder()
                    .partitionKey("key-" + key).data(SdkBytes.fromUtf8String(text)).build()).toList();
            while (!records.isEmpty()) {
                List<PutRecordsRequestEntry> entries = records;
                List<PutRecordsResultEntry> told = kinesis.putRecords(it -> it.streamName(STREAM).records(entries)).records();
                records = IntStream.range(0, told.size()).filter(at -> told.get(at).errorCode() != null)
                        .mapToObj(entries::get).toList();
            }
            IntStream.range(0, KEYS).forEach(key -> put.merge("key-" + key, 1, Integer::sum));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private void bothWorkersRead() {
        awaitBoth("both workers read", it -> it.workers().size() == 2);
    }

    private List<Shard> shards() {
        return kinesis.listShards(it -> it.streamName(STREAM)).shards();
    }

    private List<String> split() {
        Shard parent = shards().get(0);
        kinesis.splitShard(it -> it.streamName(STREAM).shardToSplit(parent.shardId())
                .newStartingHashKey("85070591730234615865843651857942052864"));
        awaitActive();
        List<String> children = shards().stream().filter(it -> parent.shardId().equals(it.parentShardId()))
                .map(Shard::shardId).toList();
        awaitBoth("the children are read", it -> it.hasReadAll(children));
        awaitBoth("after their parent", it -> it.hasEnded(parent.shardId()));
        children.forEach(child -> awaitBoth("not before it", it -> it.began(child, List.of(parent.shardId()))));
        return children;
    }

    private void merge(List<String> parents) {
        kinesis.mergeShards(it -> it.streamName(STREAM).shardToMerge(parents.get(0)).adjacentShardToMerge(parents.get(1)));
        awaitActive();
        String child = shards().stream().filter(it -> parents.get(1).equals(it.adjacentParentShardId()))
                .findFirst().get().shardId();
        awaitBoth("the child is read", it -> it.hasReadAll(List.of(child)));
        applications.forEach(it ->
                Expect.same(it.name + ": after both parents", true, it.ledger.began(child, parents)));
    }

    /** Its shards go on where it stopped. */
    private void aWorkerEnds() {
        applications.forEach(it -> it.stop("worker-1"));
        int number = put.get("key-0");
        awaitBoth("more is read", it -> it.count("key-0") > number + 10);
    }

    private void everyRecord() {
        awaitBoth("all " + put, it -> it.has(put));
        applications.forEach(it -> System.out.println(it.ledger));
    }

    /** KCL takes them apart, and drops those of another shard's partition keys. */
    private void aggregatedRecords() {
        Map<String, Integer> expected = new TreeMap<>();
        IntStream.range(0, AGGREGATED_KEYS).forEach(key -> expected.put("key-" + key, AGGREGATED_EACH));
        await("all aggregated records", () -> aggregated.ledger.has(expected));
        Expect.same("aggregated", AGGREGATED_KEYS * AGGREGATED_EACH, aggregated.ledger.aggregated());
        System.out.println(aggregated.ledger);
    }

    private void cleanUp() {
        applications.forEach(it -> it.stop("worker-2"));
        aggregated.stop("worker-1");
        for (String stream : List.of(STREAM, AGGREGATED)) {
            kinesis.deleteStream(it -> it.streamName(stream).enforceConsumerDeletion(true));
        }
    }
}
