package software.amazon.kinesis.coordinator;

import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.exceptions.DependencyException;
import software.amazon.kinesis.leases.exceptions.InvalidStateException;
import software.amazon.kinesis.leases.exceptions.ProvisionedThroughputException;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.retrieval.RetrievalConfig;

/** A scheduler that makes the first leases at once: KCL waits up to 30 s at random, so that many new workers don't all do so. */
public final class EagerScheduler extends Scheduler {
    public EagerScheduler(
            ConfigsBuilder configs, CoordinatorConfig coordinator, LeaseManagementConfig leases, MetricsConfig metrics,
            RetrievalConfig retrieval) {
        super(configs.checkpointConfig(), coordinator, leases, configs.lifecycleConfig(), metrics,
                configs.processorConfig(), retrieval);
    }

    @Override
    boolean shouldInitiateLeaseSync() throws DependencyException, ProvisionedThroughputException, InvalidStateException {
        return leaseRefresher().isLeaseTableEmpty();
    }
}
