package org.trustpaybridge.delivery;

/**
 * How much may be in flight before fetching is paused. One fetch may go over each by what it brings.
 *
 * @param active  records handed out or about to be
 * @param waiting records waiting for their time, or behind another one of the same order id
 * @param bytes   bytes of keys, values and headers in all
 */
public record WindowLimits(int active, int waiting, long bytes) {

    private static final long BYTES = 64L << 20;

    /** Checks the numbers. */
    public WindowLimits {
        if (active < 1 || waiting < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }

    /**
     * Twice the calls in flight: while one half is at the provider, the other half is at hand, so that no call waits for a fetch.
     *
     * @param concurrency provider calls in flight at once
     * @return the limits for it
     */
    public static WindowLimits forConcurrency(int concurrency) {
        return new WindowLimits(2 * concurrency, 2 * concurrency, BYTES);
    }
}
