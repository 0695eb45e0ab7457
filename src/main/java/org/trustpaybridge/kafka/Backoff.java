package org.trustpaybridge.kafka;

import java.time.Duration;

/** How long to wait before something that failed is tried again: a second, and each time twice as long, up to half a minute. */
final class Backoff {

    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS = 5;

    private Backoff() {
    }

    /** @param failures how often it failed in a row; at least 1 */
    static Duration after(int failures) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
