package org.trustpaybridge.delivery;

/**
 * How far a partition is behind, as Kafka has it.
 *
 * @param committed committed offset, or the beginning of the partition when nothing was committed yet
 * @param end       end of the partition
 * @param held      how many of the offsets before the end cannot be read yet, because a transaction is open
 */
public record PartitionLag(long committed, long end, long held) {

    /** @return records in between, at least 0 */
    public long records() {
        return Math.max(0, end - committed);
    }

    /**
     * @param offset an offset that was committed meanwhile, or -1
     * @return the lag with it
     */
    public PartitionLag committedSince(long offset) {
        return offset <= committed ? this : new PartitionLag(offset, end, held);
    }
}
