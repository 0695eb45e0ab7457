package org.trustpaybridge.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Which connections are not to be used again: when one is found out of step, all that were opened before. What lies between mixes answers
 * up, and may have done so on the others too.
 *
 * <p>Safe for use by several threads.
 */
final class ConnectionDoubts {

    /** So long it is remembered that what lies between does such things. */
    private static final long REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();

    private final Consumer<OutOfStep> listener;
    private final AtomicLong until = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private volatile boolean any;
    private volatile boolean anySeen;

    /** @param listener told of every connection that was out of step */
    ConnectionDoubts(Consumer<OutOfStep> listener) {
        this.listener = listener;
    }

    /** Notes a connection that was out of step. */
    void note(OutOfStep how) {
        long now = System.nanoTime();
        until.set(now);
        any = true;
        // A provider may have its own idea of one order's id, which is no sign of anything between.
        if (how != OutOfStep.OTHER_ORDER) {
            seen.set(now);
            anySeen = true;
        }
        listener.accept(how);
    }

    /** @return whether a connection that was opened then is not to be used again */
    boolean concern(long openedNanos) {
        return any && openedNanos - until.get() <= 0;
    }

    /** @return whether there was an answer too many in the last minutes, so that other connections may have had one without showing it */
    boolean lately() {
        return anySeen && System.nanoTime() - seen.get() < REMEMBERED_NANOS;
    }
}
