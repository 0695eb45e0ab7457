package org.trustpaybridge.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether this member may still publish for the partitions that it believes to have. A process that stood still (stopped, swapped
 * out, a long garbage collection) may have lost them to another member without knowing it yet; would it publish first and ask later, there
 * could be two payment URLs for an order. So publishing needs a poll within the last seconds, and after a pause it waits until a heartbeat
 * had the time to bring the news.
 *
 * <p>Safe for use by several threads.
 */
public final class PublishLease {

    private final long length;
    private final long quarantine;
    private final LongSupplier nanoTime;
    private long lastPoll;
    private long heldUntil;

    /**
     * @param length     how long a poll is good for; shorter than the session time-out
     * @param quarantine how long publishing waits after a longer pause; longer than the heartbeat interval
     * @param nanoTime   monotonic time in nanoseconds
     */
    public PublishLease(Duration length, Duration quarantine, LongSupplier nanoTime) {
        this.length = length.toNanos();
        this.quarantine = quarantine.toNanos();
        this.nanoTime = nanoTime;
        this.lastPoll = nanoTime.getAsLong();
        this.heldUntil = lastPoll;
    }

    /** The polling thread is alive. */
    public synchronized void renew() {
        long now = nanoTime.getAsLong();
        if (now - lastPoll > length) {
            heldUntil = now + quarantine;
        }
        lastPoll = now;
    }

    /** @return whether publishing is safe now */
    public synchronized boolean valid() {
        long now = nanoTime.getAsLong();
        return now - lastPoll <= length && now - heldUntil >= 0;
    }
}
