import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** Writes what one worker gets of one shard into the ledger, and checkpoints after each batch. */
final class Processor implements ShardRecordProcessor {
    private final Ledger ledger;
    private final String worker;
    private final Map<String, Integer> last = new HashMap<>();
    private String shard;

    Processor(Ledger ledger, String worker) {
        this.ledger = ledger;
        this.worker = worker;
    }

    @Override
    public void initialize(InitializationInput input) {
        shard = input.shardId();
        ledger.begin(shard);
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        input.records().forEach(record -> {
            int number = Integer.parseInt(StandardCharsets.UTF_8.decode(record.data()).toString());
            // Under one lease nothing comes twice.
            Expect.same(shard + " rises in " + record.partitionKey(), true,
                    last.getOrDefault(record.partitionKey(), -1) < number);
            last.put(record.partitionKey(), number);
            ledger.take(worker, shard, record.partitionKey(), number, record.aggregated());
        });
        checkpoint(input.checkpointer());
    }

    private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
        try {
            checkpointer.checkpoint();
        } catch (ShutdownException lost) {
            // Another worker has the lease, and begins at the checkpoint before.
        } catch (InvalidStateException error) {
            throw new IllegalStateException(error);
        }
    }

    @Override
    public void leaseLost(LeaseLostInput input) {}

    @Override
    public void shardEnded(ShardEndedInput input) {
        ledger.end(shard);
        checkpoint(input.checkpointer());
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
        checkpoint(input.checkpointer());
    }
}
