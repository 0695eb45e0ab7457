package org.trustpaybridge.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records whose dead letter was published: of each a 128-bit hash of its place and bytes, and the time of the dead letter, about 100
 * bytes. The newest 10,000 to 20,000 are remembered, which is 2 MB at most: far more than a crash can leave uncommitted.
 *
 * <p>A record is taken for a dead-lettered one only if place, key and value are the same and the dead letter is not older than the record.
 * So whatever is passed over for it lies on the dead-letter topic, byte for byte. An inbound topic that was deleted and created again
 * counts its offsets anew; a record that was written to it after the dead letter is not taken for the one before.
 *
 * <p>Safe for use by several threads.
 */
public final class DeadLetteredRecords {

    /** How many of the newest dead letters are remembered at least. */
    public static final int REMEMBERED = 10_000;

    /** So that a record behind all that is known, as nearly every record is, costs no hash and no lock. */
    private final Map<Integer, Long> highest = new ConcurrentHashMap<>();
    private Map<RecordHash, Long> newer = new HashMap<>();
    private Map<RecordHash, Long> older = new HashMap<>();
    private boolean all;

    /**
     * @param placed    record whose dead letter is on the dead-letter topic
     * @param writtenAt time of the dead letter
     */
    public void add(PlacedRecord placed, Instant writtenAt) {
        RecordHash hash = RecordHash.of(placed);
        synchronized (this) {
            newer.merge(hash, writtenAt.toEpochMilli(), Math::max);
            if (newer.size() >= REMEMBERED && !all) {
                older = newer;
                newer = new HashMap<>();
            }
        }
        highest.merge(placed.partition(), placed.offset(), Math::max);
    }

    /** @param wanted whether all that are added are remembered, however many, or the newest only */
    public synchronized void rememberAll(boolean wanted) {
        all = wanted;
    }

    /**
     * A first look that costs next to nothing.
     *
     * @param partition partition of the inbound topic
     * @param offset    offset in it
     * @return false when no dead letter of this record can be known
     */
    public boolean mayContain(int partition, long offset) {
        Long last = highest.get(partition);
        return last != null && offset <= last;
    }

    /**
     * @param placed a record
     * @param madeAt time of the record
     * @return whether its dead letter was published
     */
    public boolean contains(PlacedRecord placed, Instant madeAt) {
        if (!mayContain(placed.partition(), placed.offset())) {
            return false;
        }
        RecordHash hash = RecordHash.of(placed);
        synchronized (this) {
            Long writtenAt = newer.getOrDefault(hash, older.get(hash));
            return writtenAt != null && writtenAt >= madeAt.toEpochMilli();
        }
    }

    /** @return dead letters remembered */
    public synchronized int size() {
        return newer.size() + older.size();
    }
}
