package org.trustpaybridge.route;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The keys that may have signed a notification: the API key, and for a while the one before it, since MultiSafepay may have signed with
 * that before the key was exchanged. After a restart only the new one is known.
 *
 * <p>Safe for use by several threads.
 */
public final class NotificationKeys implements Supplier<List<String>> {

    /** MultiSafepay repeats a notification for 45 minutes. */
    static final Duration OVERLAP = Duration.ofHours(1);

    private final Supplier<String> current;
    private final Runnable refused;
    private final LongSupplier nanoTime;
    private String last;
    private String previous = "";
    private long changedAt;

    /**
     * @param current  the API key of now
     * @param refused  looks whether there is a newer one
     * @param nanoTime monotonic time in nanoseconds
     */
    public NotificationKeys(Supplier<String> current, Runnable refused, LongSupplier nanoTime) {
        this.current = current;
        this.refused = refused;
        this.nanoTime = nanoTime;
        this.last = current.get();
    }

    /** @return the key of now, and the one before it while that counts */
    @Override
    public synchronized List<String> get() {
        String now = current.get();
        if (!now.equals(last)) {
            previous = last;
            last = now;
            changedAt = nanoTime.getAsLong();
        }
        if (!previous.isEmpty() && nanoTime.getAsLong() - changedAt > OVERLAP.toNanos()) {
            previous = "";
        }
        return previous.isEmpty() ? List.of(now) : List.of(now, previous);
    }

    /** @return the same after a look at the file of the key: somebody signed with none of those known */
    List<String> lookedAgain() {
        refused.run();
        return get();
    }

    @Override
    public String toString() {
        return "NotificationKeys[***]";
    }
}
