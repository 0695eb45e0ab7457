package org.trustpaybridge.delivery;

import java.util.Optional;
import java.util.TreeMap;

/**
 * How far one partition is finished, for as long as it is assigned. An object of this class is one assignment: after a revocation its
 * records still point to it, so that nothing they do later touches a new assignment of the same partition.
 */
final class PartitionProgress {

    private final PartitionId id;
    private final TreeMap<Long, InFlightRecord> open = new TreeMap<>();
    private long position = -1;
    private long committed;
    private final Optional<OpenOffsets> before;
    /** Records that were finished before an earlier one. */
    private long outOfOrder;
    private long outOfOrderCommitted;
    private boolean releasing;
    private boolean revoked;

    /** @param lastCommit what was committed last, before this assignment; what it says of the records behind it stands until more is done */
    PartitionProgress(PartitionId id, CommitPoint lastCommit) {
        this.id = id;
        this.committed = lastCommit.offset();
        this.before = OpenOffsets.read(lastCommit.metadata(), lastCommit.offset());
    }

    PartitionId id() {
        return id;
    }

    boolean releasing() {
        return releasing;
    }

    void release() {
        releasing = true;
    }

    boolean revoked() {
        return revoked;
    }

    void revoke() {
        revoked = true;
    }

    void opened(InFlightRecord inFlight) {
        begin(inFlight.source().offset());
        open.put(inFlight.source().offset(), inFlight);
        position = Math.max(position, inFlight.source().offset() + 1);
    }

    void closed(InFlightRecord inFlight) {
        open.remove(inFlight.source().offset());
        if (!open.isEmpty() && open.firstKey() < inFlight.source().offset()) {
            outOfOrder++;
        }
    }

    /** Whether this record was finished by the member that had the partition before, as far as that was committed. */
    boolean finishedBefore(long offset) {
        return before.filter(known -> known.finished(offset)).isPresent();
    }

    /** What to commit; empty when nothing was finished since the last commit. */
    Optional<CommitPoint> commitPoint() {
        if (finishedUpTo() < 0 || finishedUpTo() <= committed && outOfOrder == outOfOrderCommitted) {
            return Optional.empty();
        }
        return Optional.of(new CommitPoint(finishedUpTo(), open.isEmpty() ? "" : OpenOffsets.write(position, open.keySet()), outOfOrder));
    }

    /** The client has moved on to this offset, perhaps over offsets that hold no record (compaction, transaction markers). */
    void advanced(long to) {
        begin(to);
        position = Math.max(position, to);
    }

    /** Where reading begins before what was committed, that counts for nothing. */
    private void begin(long offset) {
        if (position < 0 && offset < committed) {
            committed = -1;
        }
    }

    boolean isOpen(long offset) {
        return open.containsKey(offset);
    }

    Iterable<InFlightRecord> openRecords() {
        return open.values();
    }

    boolean anyRunning() {
        for (InFlightRecord inFlight : open.values()) {
            if (inFlight.state == InFlightRecord.State.RUNNING) {
                return true;
            }
        }
        return false;
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

    void committed(CommitPoint point) {
        committed = Math.max(committed, point.offset());
        // Not the larger one: the answer to a commit of an earlier assignment may come late, and must not count beyond the next commit.
        outOfOrderCommitted = point.outOfOrder();
    }
}
