package org.trustpaybridge.observe.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.trustpaybridge.delivery.WindowStatus;

/** Asks the window once for all gauges of a scrape: its numbers then belong together, and its lock is taken once. */
final class WindowMoment {

    private static final long GOOD_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<WindowStatus> window;
    private final LongSupplier nanoTime;
    private WindowStatus status;
    private long askedAt;

    WindowMoment(Supplier<WindowStatus> window, LongSupplier nanoTime) {
        this.window = window;
        this.nanoTime = nanoTime;
    }

    synchronized WindowStatus status() {
        long now = nanoTime.getAsLong();
        if (status == null || now - askedAt > GOOD_FOR_NANOS) {
            status = window.get();
            askedAt = now;
        }
        return status;
    }
}
