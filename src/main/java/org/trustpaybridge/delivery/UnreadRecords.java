package org.trustpaybridge.delivery;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.trustpaybridge.order.ReadEvent;

/**
 * Records whose order id is not known, as it is not known yet how to read them. What comes later with the same key waits behind them, since
 * it is most often of the same order. Guarded by the window.
 */
final class UnreadRecords {

    private final Set<InFlightRecord> records = new LinkedHashSet<>();
    private final Map<Key, Integer> keys = new HashMap<>();

    /** Takes a record that cannot be read yet, or is behind one of its key. */
    boolean takes(InFlightRecord inFlight) {
        if (records.isEmpty() && !(inFlight.read() instanceof ReadEvent.NotYet)) {
            return false;
        }
        Key key = Key.of(inFlight);
        if (!(inFlight.read() instanceof ReadEvent.NotYet) && !keys.containsKey(key)) {
            return false;
        }
        inFlight.stayUnread();
        records.add(inFlight);
        if (key != null) {
            keys.merge(key, 1, Integer::sum);
        }
        return true;
    }

    /** @return whether it was among them */
    boolean remove(InFlightRecord inFlight) {
        if (!records.remove(inFlight)) {
            return false;
        }
        Key key = Key.of(inFlight);
        if (key != null) {
            keys.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
        return true;
    }

    int size() {
        return records.size();
    }

    /** All of them as they are now, to be gone through outside of the lock. */
    Look look() {
        return new Look(List.copyOf(records), new HashSet<>());
    }

    /**
     * One time that they are gone through.
     *
     * @param records in the order in which they came
     * @param staying keys of those that still cannot be read
     */
    record Look(List<InFlightRecord> records, Set<Key> staying) {

        boolean isBehind(InFlightRecord inFlight) {
            return !staying.isEmpty() && staying.contains(Key.of(inFlight));
        }

        void stays(InFlightRecord inFlight) {
            Key key = Key.of(inFlight);
            if (key != null) {
                staying.add(key);
            }
        }
    }

    /** Of one partition. */
    record Key(PartitionId partition, ByteBuffer bytes) {

        /** Null without a key. */
        static Key of(InFlightRecord inFlight) {
            SourceRecord source = inFlight.source();
            return source.key() == null ? null
                : new Key(new PartitionId(source.topic(), source.partition()), ByteBuffer.wrap(source.key()));
        }
    }
}
