package org.trustpaybridge.observe.jmx;

/**
 * One assigned partition, for JMX. Offsets are -1 while unknown.
 *
 * @param partition    topic and number
 * @param committed    offset committed since the assignment
 * @param finishedUpTo first offset that is not finished
 * @param position     offset fetched next
 * @param open         records not finished
 */
public record PartitionView(String partition, long committed, long finishedUpTo, long position, int open) {

    /** @return topic and number */
    public String getPartition() {
        return partition;
    }

    /** @return offset committed since the assignment */
    public long getCommitted() {
        return committed;
    }

    /** @return first offset that is not finished */
    public long getFinishedUpTo() {
        return finishedUpTo;
    }

    /** @return offset fetched next */
    public long getPosition() {
        return position;
    }

    /** @return records not finished */
    public int getOpen() {
        return open;
    }
}
