package org.trustpaybridge.delivery;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Orders whose call did not fail yet, by the time of their records: also where partitions are fetched one after the other, the oldest order
 * is the first, and what is wrong with the orders of a time stays together. May be taken from either end. Guarded by the window.
 */
final class FreshOrders {

    private final TreeSet<InFlightRecord> row = new TreeSet<>(FreshOrders::byTime);
    private long places;

    /** One that comes again gets its old place back. */
    void add(InFlightRecord order) {
        if (order.place == 0) {
            order.place = ++places;
            // A record from the future does not wait for it.
            order.time = Math.min(order.source().timestamp().toEpochMilli(), order.fetchedAt().toEpochMilli());
        }
        row.add(order);
    }

    InFlightRecord takeOldest() {
        return row.pollFirst();
    }

    InFlightRecord takeNewest() {
        return row.pollLast();
    }

    /** @return the oldest of those that are not older than the given one; null when there is none */
    InFlightRecord oldestFrom(InFlightRecord from) {
        return row.ceiling(from);
    }

    InFlightRecord takeOldestFrom(InFlightRecord from) {
        return taken(oldestFrom(from));
    }

    /** @return the one in the middle between the two; null when there is none */
    InFlightRecord takeMiddle(InFlightRecord above, InFlightRecord below) {
        NavigableSet<InFlightRecord> between = above == null ? row.headSet(below, false)
            : byTime(above, below) < 0 ? row.subSet(above, false, below, false) : Collections.emptyNavigableSet();
        int half = between.size() / 2;
        for (InFlightRecord order : between) {
            if (half-- == 0) {
                return taken(order);
            }
        }
        return null;
    }

    private InFlightRecord taken(InFlightRecord order) {
        if (order != null) {
            row.remove(order);
        }
        return order;
    }

    void remove(InFlightRecord order) {
        if (order.place != 0) {
            row.remove(order);
        }
    }

    boolean isEmpty() {
        return row.isEmpty();
    }

    int size() {
        return row.size();
    }

    static int byTime(InFlightRecord a, InFlightRecord b) {
        int byTime = Long.compare(a.time, b.time);
        return byTime != 0 ? byTime : Long.compare(a.place, b.place);
    }
}
