package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether this member may still publish for the partitions that it believes to have. A process that stood still (stopped, swapped
 * out, a long garbage collection) or was cut off from Kafka may have lost them to another member without knowing it yet; would it publish
 * first and ask later, there could be two payment URLs for an order. So publishing needs an answered heartbeat of the last seconds, and
 * after a gap it waits for more than one: the first may have been answered before the gap.
 *
 * <p>Safe for use by several threads.
 */
public final class PublishLease {

    private final long length;
    private final long quarantine;
    private final LongSupplier nanoTime;
    private boolean proved;
    private long lastProof;
    private long heldUntil;

    /**
     * @param length     how long an answered heartbeat is good for; shorter than the session time-out
     * @param quarantine how long publishing waits after a longer gap; longer than the heartbeat interval
     * @param nanoTime   monotonic time in nanoseconds
     */
    public PublishLease(Duration length, Duration quarantine, LongSupplier nanoTime) {
        this.length = length.toNanos();
        this.quarantine = quarantine.toNanos();
        this.nanoTime = nanoTime;
    }

    /** The group's coordinator answered: this member has its partitions. */
    public synchronized void renew() {
        long now = nanoTime.getAsLong();
        if (!proved) {
            heldUntil = now;
        } else if (now - lastProof > length) {
            heldUntil = now + quarantine;
        }
        proved = true;
        lastProof = now;
    }

    /** The coordinator said that this member has lost its partitions. */
    public synchronized void end() {
        lastProof = nanoTime.getAsLong() - length - 1;
    }

    /** @return whether publishing is safe now */
    public synchronized boolean valid() {
        long now = nanoTime.getAsLong();
        return proved && now - lastProof <= length && now - heldUntil >= 0;
    }
}
