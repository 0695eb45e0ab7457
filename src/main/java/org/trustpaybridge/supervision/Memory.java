package org.trustpaybridge.supervision;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices that there is no memory left, whoever was told so first. Libraries catch errors and go on, and a thread that dies of one takes
 * nobody with it: the process would live on, and do nothing.
 */
public final class Memory {

    /** What any order needs, and far less than what one large record that could not be had would have taken. */
    static final int ORDINARY = 256 << 10;
    private static final Duration COLLECTING = Duration.ofSeconds(60);
    private static final double NEARLY_ALL = 0.9;

    /** Written to, so that the compiler cannot leave out what is asked for only to see whether it can be had. */
    @SuppressWarnings("UnusedVariable")
    private volatile byte[] piece;

    /**
     * @param bytes how many
     * @return whether the heap has so many in one piece now
     */
    public boolean canBeHad(int bytes) {
        try {
            piece = new byte[bytes];
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            piece = null;
        }
    }

    /**
     * @param nanoTime monotonic time in nanoseconds
     * @return whether there is time for anything but the collection of garbage
     */
    public static Vital notAllTimeGoesIntoCollecting(LongSupplier nanoTime) {
        // Collectors that work beside the program count their cycles as well as their pauses.
        List<GarbageCollectorMXBean> stopping = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(collector -> !collector.getName().contains("Cycles") && !collector.getName().contains("Concurrent")).toList();
        return new Vital("The virtual machine", COLLECTING, new Supplier<>() {
            private long lastNanos = nanoTime.getAsLong();
            private long lastMillis;

            @Override
            public Optional<String> get() {
                long now = nanoTime.getAsLong();
                long millis = stopping.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
                double share = (millis - lastMillis) * 1e6 / Math.max(1, now - lastNanos);
                lastNanos = now;
                lastMillis = millis;
                return share > NEARLY_ALL
                    ? Optional.of("collects garbage and does nothing else for " + COLLECTING.toSeconds() + " s") : Optional.empty();
            }
        });
    }
}
