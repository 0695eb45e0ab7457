package org.trustpaybridge.delivery;

/**
 * A clock that runs only while the provider is known to work: from a success on, until it turns out that an outage has begun. It is what an
 * order that fails alone is given up by, so that no outage is counted against an order. Guarded by the gate.
 */
final class UpTime {

    private long counted;
    private long since;
    private boolean running;

    boolean running() {
        return running;
    }

    /** @return nanoseconds in all */
    long at(long now) {
        return running ? counted + Math.max(0, now - since) : counted;
    }

    void start(long now) {
        if (!running) {
            running = true;
            since = now;
        }
    }

    /** Stops it as of a moment that may be past: what was counted since does not count. */
    void stopAsOf(long moment) {
        counted = at(moment);
        running = false;
    }
}
