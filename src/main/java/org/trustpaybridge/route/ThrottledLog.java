package org.trustpaybridge.route;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Keeps a line that many records would write from filling the log: of each kind one in a while, which says how many were left out.
 *
 * <p>Safe for use by several threads.
 */
final class ThrottledLog {

    private static final int KINDS = 100;

    private final long interval;
    private final LongSupplier nanoTime;
    private final Map<String, Kind> kinds = new HashMap<>();

    /**
     * @param interval time between two lines of a kind, at least
     * @param nanoTime monotonic time in nanoseconds
     */
    ThrottledLog(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * @param kind what the line is about
     * @return how many lines of this kind were left out since the last one; empty if this one is to be left out too
     */
    synchronized OptionalLong now(String kind) {
        long time = nanoTime.getAsLong();
        if (kinds.size() >= KINDS) {
            kinds.values().removeIf(each -> time - each.saidAt >= interval);
        }
        // Very many kinds at a time are one more kind.
        Kind known = kinds.computeIfAbsent(kinds.size() < KINDS || kinds.containsKey(kind) ? kind : "", name -> new Kind(time - interval));
        if (time - known.saidAt < interval) {
            known.leftOut++;
            return OptionalLong.empty();
        }
        long leftOut = known.leftOut;
        known.saidAt = time;
        known.leftOut = 0;
        return OptionalLong.of(leftOut);
    }

    private static final class Kind {

        private long saidAt;
        private long leftOut;

        Kind(long saidAt) {
            this.saidAt = saidAt;
        }
    }
}
