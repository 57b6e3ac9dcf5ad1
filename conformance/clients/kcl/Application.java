import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.KinesisClientUtil;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.CoordinatorConfig.ClientVersionConfig;
import software.amazon.kinesis.coordinator.EagerScheduler;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** An application of KCL with its workers and all that they processed. */
final class Application {
    /** How records are read. */
    enum Mode { POLLING, FAN_OUT }

    private static final KinesisAsyncClient KINESIS =
            KinesisClientUtil.createKinesisAsyncClient(KinesisAsyncClient.builder());
    // One connection, so one call at a time: not every stand-in for DynamoDB looks at a condition and writes in one step.
    private static final DynamoDbAsyncClient DYNAMODB = DynamoDbAsyncClient.builder()
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(1)
                    .maxPendingConnectionAcquires(10_000).connectionAcquisitionTimeout(Duration.ofMinutes(1)))
            .build();
    private static final CloudWatchAsyncClient CLOUD_WATCH = CloudWatchAsyncClient.create();

    final String name;
    final Ledger ledger;
    private final Map<String, Scheduler> workers = new TreeMap<>();

    Application(String name, String stream, Mode mode, int workers) {
        this.name = name;
        ledger = new Ledger(name);
        for (int number = 1; number <= workers; number++) {
            String id = "worker-" + number;
            Scheduler worker = worker(stream, mode, id);
            this.workers.put(id, worker);
            Thread thread = new Thread(worker, name + "-" + id);
            thread.setDaemon(true);
            thread.start();
            // One after the other: the first makes the tables.
            Kcl.await(name + " starts", () -> worker.leaseCoordinator().isRunning());
        }
    }

    private Scheduler worker(String stream, Mode mode, String worker) {
        SingleStreamTracker tracker = new SingleStreamTracker(
                StreamIdentifier.singleStreamInstance(stream),
                InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON));
        ConfigsBuilder configs = new ConfigsBuilder(
                tracker, name, KINESIS, DYNAMODB, CLOUD_WATCH, worker, () -> new Processor(ledger, worker));
        CoordinatorConfig coordinator = configs.coordinatorConfig()
                .clientVersionConfig(ClientVersionConfig.CLIENT_VERSION_CONFIG_3X)
                .parentShardPollIntervalMillis(200)
                .shardConsumerDispatchPollIntervalMillis(200)
                .schedulerInitializationBackoffTimeMillis(200)
                .skipShardSyncAtWorkerInitializationIfLeasesExist(true);
        LeaseManagementConfig leases = configs.leaseManagementConfig()
                .failoverTimeMillis(6_000)
                .leaseAssignmentIntervalMillis(1_000L)
                .shardSyncIntervalMillis(1_000)
                .leasesRecoveryAuditorExecutionFrequencyMillis(1_000)
                .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(1_000)
                .dynamoDbLockBasedLeaderLeaseDurationInMillis(5_000);
        leases.workerUtilizationAwareAssignmentConfig().workerMetricsReporterFreqInMillis(1_000)
                .inMemoryWorkerMetricsCaptureFrequencyMillis(1_000);
        MetricsConfig metrics = configs.metricsConfig().metricsFactory(new NullMetricsFactory());
        RetrievalSpecificConfig reads = mode == Mode.FAN_OUT
                ? new FanOutConfig(KINESIS).streamName(stream).applicationName(name).retryBackoffMillis(200)
                : new PollingConfig(stream, KINESIS).idleTimeBetweenReadsInMillis(250);
        RetrievalConfig retrieval = configs.retrievalConfig().retrievalSpecificConfig(reads);
        return new EagerScheduler(configs, coordinator, leases, metrics, retrieval);
    }

    /** Lets a worker finish what it has in hand. */
    void stop(String worker) {
        try {
            boolean ended = workers.get(worker).startGracefulShutdown().get(30, TimeUnit.SECONDS);
            Expect.same(name + ": " + worker + " ends well", true, ended);
        } catch (ExecutionException | InterruptedException | TimeoutException error) {
            Expect.same(name + ": " + worker + " ends", "in 30 s", error);
        }
    }
}
