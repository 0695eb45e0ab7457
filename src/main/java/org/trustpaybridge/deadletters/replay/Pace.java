package org.trustpaybridge.deadletters.replay;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Keeps a rate: steps are evenly apart, and time that was lost is not made up for. */
final class Pace {

    private final long nanosApart;
    private final LongSupplier nanos;
    private long next;

    Pace(double perSecond, LongSupplier nanos) {
        this.nanosApart = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** @return how long to wait before the next step, which is then taken for done */
    Duration untilNext() {
        long now = nanos.getAsLong();
        long wait = Math.max(0, next - now);
        next = now + wait + nanosApart;
        return Duration.ofNanos(wait);
    }
}
