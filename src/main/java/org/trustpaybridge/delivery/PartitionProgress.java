package org.trustpaybridge.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far one partition is finished, for as long as it is assigned. An object of this class is one assignment: after a revocation its
 * records still point to it, so that nothing they do later touches a new assignment of the same partition.
 */
final class PartitionProgress {

    private final PartitionId id;
    private final long books;
    private final TreeMap<Long, InFlightRecord> open = new TreeMap<>();
    /** Of each leader epoch, the first offset that was fetched of it. */
    private final TreeMap<Long, Integer> epochs = new TreeMap<>();
    private final Optional<OpenOffsets> before;
    private CommitNote note;
    private long position;
    private long committed;
    /** Counts what changes the metadata: records that were finished before an earlier one, and changes of the note. */
    private long revision;
    private final int noteLength;
    private long revisionCommitted;
    /** Records in doubt that were found to be repeats, and that were new. */
    private long done;
    private long fresh;
    private boolean releasing;
    private boolean revoked;

    /**
     * @param books      a number that no other books have
     * @param noteLength characters that brokers take beside an offset
     */
    PartitionProgress(PartitionId id, Opening opening, long books, int noteLength) {
        this.noteLength = noteLength;
        this.id = id;
        this.books = books;
        this.position = opening.position();
        this.committed = opening.committed();
        this.before = opening.note().open();
        this.note = opening.note().brief();
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
        open.put(inFlight.source().offset(), inFlight);
        position = Math.max(position, inFlight.source().offset() + 1);
    }

    void closed(InFlightRecord inFlight) {
        long offset = inFlight.source().offset();
        open.remove(offset);
        if (!open.isEmpty() && open.firstKey() < offset) {
            revision++;
        }
        if (note.doubt().filter(doubt -> offset < doubt.until()).isPresent()
            && inFlight.verdict().orElse(null) instanceof Verdict.Finished) {
            if (inFlight.decision().orElse(null) instanceof Decision.Repeat) {
                done++;
            } else {
                fresh++;
            }
        }
    }

    /** Whether this record was finished by the member that had the partition before, as far as that was committed. */
    boolean finishedBefore(long offset) {
        return before.filter(known -> known.finished(offset)).isPresent();
    }

    /** What to commit; empty when nothing was finished since the last commit. */
    Optional<CommitPoint> commitPoint() {
        long upTo = finishedUpTo();
        if (upTo < 0 || upTo <= committed && revision == revisionCommitted) {
            return Optional.empty();
        }
        String brief = note.write(upTo);
        return Optional.of(new CommitPoint(upTo, Optional.ofNullable(epochs.lowerEntry(upTo)).map(Map.Entry::getValue),
            open.isEmpty() ? brief : note.write(position, open.keySet(), noteLength), brief, books, revision));
    }

    /** The client has moved on to this offset, perhaps over offsets that hold no record (compaction, transaction markers). */
    void advanced(long to) {
        position = Math.max(position, to);
    }

    /** Records from this offset on came from a leader of this epoch. */
    void epoch(long from, int epoch) {
        Map.Entry<Long, Integer> before = epochs.floorEntry(from);
        if (before == null || before.getValue() != epoch) {
            epochs.put(from, epoch);
        }
    }

    CommitNote note() {
        return note;
    }

    /** Everything that was not fetched yet before this offset is gone. */
    DeletedUnread deletedUnread(long to, Instant now) {
        long from = position;
        DeletedUnread gone = new DeletedUnread(from, to,
            before.map(known -> known.unfinished(from, to)).orElse(to - from), now);
        note = new CommitNote(note.topicId(), note.partitions(), Optional.of(note.deleted().map(gone::and).orElse(gone)), note.doubt(),
            Optional.empty());
        position = to;
        revision++;
        return gone;
    }

    /** What was deleted before this offset is acknowledged. Whether there was something. */
    boolean acknowledge(long upTo) {
        if (note.deleted().filter(gone -> gone.to() <= upTo).isEmpty()) {
            return false;
        }
        note = new CommitNote(note.topicId(), note.partitions(), Optional.empty(), note.doubt(), Optional.empty());
        revision++;
        return true;
    }

    /** What came of the records in doubt, once, when all of them are finished. */
    Optional<DoubtResolved> resolveDoubt() {
        if (note.doubt().filter(doubt -> finishedUpTo() >= doubt.until()).isEmpty()) {
            return Optional.empty();
        }
        note = new CommitNote(note.topicId(), note.partitions(), note.deleted(), Optional.empty(), Optional.empty());
        revision++;
        return Optional.of(new DoubtResolved(id, done, fresh));
    }

    boolean isOpen(long offset) {
        return open.containsKey(offset);
    }

    Iterable<InFlightRecord> openRecords() {
        return open.values();
    }

    boolean anyRunning() {
        for (InFlightRecord inFlight : open.values()) {
            if (inFlight.isRunning()) {
                return true;
            }
        }
        return false;
    }

    int openCount() {
        return open.size();
    }

    /** The first offset that is not finished: every record before it is. -1: it is not known where to begin. */
    long finishedUpTo() {
        return open.isEmpty() ? position : open.firstKey();
    }

    /** The offset after the highest record fetched; -1: it is not known where to begin. */
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

    /** The answer to a commit of an earlier assignment may come late, and says nothing of this one. */
    void committed(CommitPoint point) {
        if (point.books() == books) {
            committed = Math.max(committed, point.offset());
            revisionCommitted = point.revision();
            Optional.ofNullable(epochs.lowerKey(committed)).ifPresent(last -> epochs.headMap(last).clear());
        }
    }
}
