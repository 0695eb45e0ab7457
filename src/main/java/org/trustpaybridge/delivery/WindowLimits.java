package org.trustpaybridge.delivery;

/**
 * How much may be in flight before fetching is paused. One fetch may go over each by what it brings.
 *
 * @param active  records handed out or about to be
 * @param waiting records waiting for their time, or behind another one of the same order id
 * @param bytes   bytes of keys, values and headers in all
 * @param span    offsets between the oldest unfinished and the newest record of a partition: what would be read again after a crash
 * @param held      records that no topic takes at the moment; they count to none of the others
 * @param heldBytes their bytes in all
 */
public record WindowLimits(int active, int waiting, long bytes, long span, int held, long heldBytes) {

    private static final int WAITING = 10_000;
    private static final long BYTES = 64L << 20;
    private static final long SPAN = 1_000_000;
    private static final int HELD = 10_000;
    /** Of the memory that there is. */
    private static final int HELD_SHARE = 4;
    private static final int BYTES_SHARE = 8;

    /** Checks the numbers. */
    public WindowLimits {
        if (active < 1 || waiting < 1 || bytes < 1 || span < 1 || held < 1 || heldBytes < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /** As many may be held as may wait, and as many bytes as else. */
    public WindowLimits(int active, int waiting, long bytes, long span) {
        this(active, waiting, bytes, span, waiting, bytes);
    }

    /** @return calls at once; as many records again are at hand meanwhile */
    int calls() {
        return Math.max(1, active / 2);
    }

    /** @return bytes of orders whose calls fail; they count to none of the others */
    long failingBytes() {
        return Math.max(1, bytes / 2);
    }

    /** @return records for which there must be room before fetching goes on after a pause: a quarter of the active ones */
    int fetch() {
        return Math.max(1, active / 4);
    }

    /**
     * Twice the calls in flight: while one half is at the provider, the other half is at hand, so that no call waits for a fetch.
     *
     * @param concurrency provider calls in flight at once
     * @return the limits for it
     */
    public static WindowLimits forConcurrency(int concurrency) {
        long heap = Runtime.getRuntime().maxMemory();
        long bytes = Math.max(1, Math.min(BYTES, heap / BYTES_SHARE));
        return new WindowLimits(2 * concurrency, WAITING, bytes, SPAN, HELD, Math.max(bytes, heap / HELD_SHARE));
    }
}
