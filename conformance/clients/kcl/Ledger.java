import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an application processed, in the order in which it did. Each partition key has the numbers 0, 1, 2 and so on. */
final class Ledger {
    private final String name;
    private final Map<String, Integer> next = new TreeMap<>();
    private final Set<String> workers = new TreeSet<>();
    private final Map<String, Integer> perShard = new HashMap<>();
    private final List<String> ended = new ArrayList<>();
    private final Map<String, List<String>> endedBefore = new HashMap<>();
    private int repeated;
    private int aggregated;

    Ledger(String name) {
        this.name = name;
    }

    synchronized void begin(String shard) {
        endedBefore.putIfAbsent(shard, List.copyOf(ended));
    }

    synchronized void end(String shard) {
        ended.add(shard);
    }

    synchronized void take(String worker, String shard, String key, int number, boolean isAggregated) {
        int expected = next.getOrDefault(key, 0);
        // A number that was there comes again where a lease changes hands before the checkpoint; one too high is lost or out of order.
        Expect.same(name + ": " + key + " of " + shard + " has no gap before " + number, true, number <= expected);
        if (number == expected) {
            next.put(key, number + 1);
        } else {
            repeated++;
        }
        workers.add(worker);
        perShard.merge(shard, 1, Integer::sum);
        aggregated += isAggregated ? 1 : 0;
    }

    synchronized boolean has(Map<String, Integer> counts) {
        return next.equals(counts);
    }

    synchronized int count(String key) {
        return next.getOrDefault(key, 0);
    }

    synchronized Set<String> workers() {
        return Set.copyOf(workers);
    }

    synchronized boolean hasReadAll(List<String> shards) {
        return perShard.keySet().containsAll(shards);
    }

    synchronized boolean hasEnded(String shard) {
        return ended.contains(shard);
    }

    /** Whether these had ended when this one was begun. */
    synchronized boolean began(String shard, List<String> parents) {
        return endedBefore.getOrDefault(shard, List.of()).containsAll(parents);
    }

    synchronized int aggregated() {
        return aggregated;
    }

    @Override
    public synchronized String toString() {
        return "%s: %d records of %d shards by %s, %d of them again".formatted(
                name, perShard.values().stream().mapToInt(it -> it).sum(), perShard.size(), workers, repeated);
    }
}
