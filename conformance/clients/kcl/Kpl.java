import java.io.FileInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordResult;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/** The Kinesis Producer Library, whose daemon speaks TLS alone, and its records taken apart as KCL does. */
public final class Kpl {
    private static final String STREAM = "produced";
    private static final int KEYS = 8;
    private static final int ROUNDS = 20;
    private static final URI ENDPOINT = URI.create(System.getenv("AWS_ENDPOINT_URL"));

    /** What became of a record that was put, or a record that was read. */
    private record Seen(String shard, String number, String key, String data) implements Comparable<Seen> {
        @Override
        public int compareTo(Seen other) {
            return toString().compareTo(other.toString());
        }
    }

    private final KinesisClient kinesis = KinesisClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder().tlsTrustManagersProvider(Kpl::trusted)).build();

    public static void main(String[] arguments) throws Exception {
        Kpl flow = new Kpl();
        Expect.step("create", flow::create);
        List<Seen> put = flow.put();
        System.out.println("ok put");
        Expect.step("read", () -> flow.read(put));
        Expect.step("clean up", () -> flow.kinesis.deleteStream(it -> it.streamName(STREAM)));
        System.exit(0);
    }

    /** The server's own certificate. */
    private static TrustManager[] trusted() {
        try (InputStream file = new FileInputStream(System.getenv("AWS_CA_BUNDLE"))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private void create() {
        kinesis.createStream(it -> it.streamName(STREAM).shardCount(2));
        Kcl.await("active", () -> kinesis.describeStreamSummary(it -> it.streamName(STREAM)).streamDescriptionSummary()
                .streamStatus() == StreamStatus.ACTIVE);
    }

    private List<Seen> put() throws Exception {
        KinesisProducer producer = new KinesisProducer(new KinesisProducerConfiguration()
                .setRegion(System.getenv("AWS_REGION"))
                .setKinesisEndpoint(ENDPOINT.getHost()).setKinesisPort(ENDPOINT.getPort())
                .setVerifyCertificate(false)
                .setMetricsLevel("none")
                .setTempDirectory("native"));
        List<Seen> put = new ArrayList<>();
        // It puts records together only when it has learnt of the shards: not in the first round.
        for (int round = 0; round < ROUNDS; round++) {
            String data = "order " + round;
            List<String> keys = IntStream.range(0, KEYS).mapToObj(it -> "key-" + it).toList();
            var told = keys.stream().map(key -> producer.addUserRecord(
                    STREAM, key, ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)))).toList();
            for (int key = 0; key < KEYS; key++) {
                UserRecordResult result = told.get(key).get(1, TimeUnit.MINUTES);
                put.add(new Seen(result.getShardId(), result.getSequenceNumber(), keys.get(key), data));
            }
        }
        producer.destroy();
        return put;
    }

    private Stream<Seen> read(Shard shard, List<Record> raw) {
        String start = kinesis.getShardIterator(it -> it.streamName(STREAM).shardId(shard.shardId())
                .shardIteratorType("TRIM_HORIZON")).shardIterator();
        List<Record> records = kinesis.getRecords(it -> it.shardIterator(start)).records();
        raw.addAll(records);
        return new AggregatorUtil().deaggregate(records.stream().map(KinesisClientRecord::fromRecord).toList(),
                        shard.hashKeyRange().startingHashKey(), shard.hashKeyRange().endingHashKey()).stream()
                .map(it -> new Seen(shard.shardId(), it.sequenceNumber(), it.partitionKey(),
                        StandardCharsets.UTF_8.decode(it.data()).toString()));
    }

    private void read(List<Seen> put) {
        List<Record> raw = new ArrayList<>();
        List<Seen> seen = kinesis.listShards(it -> it.streamName(STREAM)).shards().stream()
                .flatMap(it -> read(it, raw)).sorted().toList();
        Expect.same("all that was put, where it was put", put.stream().sorted().toList(), seen);
        long aggregated = raw.stream()
                .filter(it -> HexFormat.of().formatHex(it.data().asByteArray()).startsWith("f3899ac2")).count();
        System.out.printf("%d records in %d, %d of them aggregated%n", seen.size(), raw.size(), aggregated);
        Expect.same("records were put together", true, aggregated > 0);
    }
}
