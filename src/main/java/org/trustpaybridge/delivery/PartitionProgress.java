package org.trustpaybridge.delivery;

import java.util.TreeMap;

/**
 * How far one partition is finished, for as long as it is assigned. An object of this class is one assignment: after a revocation its
 * records still point to it, so that nothing they do later touches a new assignment of the same partition.
 */
final class PartitionProgress {

    private final PartitionId id;
    private final TreeMap<Long, InFlightRecord> open = new TreeMap<>();
    private long position = -1;
    private long committed = -1;
    private boolean revoked;

    PartitionProgress(PartitionId id) {
        this.id = id;
    }

    PartitionId id() {
        return id;
    }

    boolean revoked() {
        return revoked;
    }

    void revoke() {
        revoked = true;
    }

    void opened(InFlightRecord inFlight) {
        open.put(inFlight.source().offset(), inFlight);
        position = Math.max(position, inFlight.source().offset() + 1);
    }

    void closed(InFlightRecord inFlight) {
        open.remove(inFlight.source().offset());
    }

    /** The client has moved on to this offset, perhaps over offsets that hold no record (compaction, transaction markers). */
    void advanced(long to) {
        position = Math.max(position, to);
    }

    boolean isOpen(long offset) {
        return open.containsKey(offset);
    }

    Iterable<InFlightRecord> openRecords() {
        return open.values();
    }

    int openCount() {
        return open.size();
    }

    /** The first offset that is not finished: every record before it is. -1: nothing was fetched yet. */
    long finishedUpTo() {
        return open.isEmpty() ? position : open.firstKey();
    }

    /** The offset after the highest record fetched; -1: nothing was fetched yet. */
    long position() {
        return position;
    }

    /** Offsets from the oldest unfinished record to the newest fetched one. */
    long span() {
        return open.isEmpty() ? 0 : position - open.firstKey();
    }

    long committed() {
        return committed;
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }
}
