package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The numbers of the window at one moment.
 *
 * @param running       records on their way through the routes
 * @param ready         records about to be handed out
 * @param waiting       records waiting to be passed through again
 * @param parked        records behind another one of the same order id
 * @param held          of all these, records that no topic takes at the moment
 * @param heldFull      whether these are so many that no more records are fetched
 * @param bytes         bytes of keys, values and headers in flight
 * @param oldestFetched when the oldest unfinished record was fetched
 * @param partitions    the assigned partitions
 */
public record WindowStatus(int running, int ready, int waiting, int parked, int held, boolean heldFull, long bytes,
                           Optional<Instant> oldestFetched,
                           List<Partition> partitions) {

    /**
     * One assigned partition.
     *
     * @param id           partition
     * @param committed    offset committed last, or -1 if none was
     * @param finishedUpTo first offset that is not finished, or -1 before the first fetch
     * @param position     offset fetched next, or -1 before the first fetch
     * @param open         records not finished
     */
    public record Partition(PartitionId id, long committed, long finishedUpTo, long position, int open) {
    }

    /**
     * @param lags what Kafka said last of the assigned partitions
     * @return records that were not fetched yet; empty while that is not known of all partitions
     */
    public OptionalLong inKafka(Map<PartitionId, PartitionLag> lags) {
        long sum = 0;
        for (Partition partition : partitions) {
            PartitionLag lag = lags.get(partition.id());
            if (lag == null) {
                return OptionalLong.empty();
            }
            sum += partition.position() < 0 ? lag.records() : Math.max(0, lag.end() - partition.position());
        }
        return partitions.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    /** @return records that are not finished */
    public int inFlight() {
        return running + ready + waiting + parked;
    }
}
