package org.trustpaybridge.delivery;

import java.time.Duration;

/**
 * What is long and what is much for the provider gate, all derived from three settings.
 *
 * @param longestWait longest wait between two calls of one order; a recovery is noticed within it
 * @param longestCall longest time that a call can take
 * @param concurrency calls at once
 */
public record GateRules(Duration longestWait, Duration longestCall, int concurrency) {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);
    private static final int OUTAGE_PROBES = 4;

    /** @return orders that fail in a row before calls are held back to see more */
    int many() {
        return FailingOrders.MANY;
    }

    /** @return the same where it is known that orders are bad, and that the provider works: a whole round of calls without a success */
    int manyInTrouble() {
        return Math.max(many(), concurrency);
    }

    /** @return calls at a time in an outage, spread over the longest wait */
    int probes() {
        return OUTAGE_PROBES;
    }

    /** @return longest wait between two probing calls in an outage */
    Duration outageSpacing() {
        return longestWait.dividedBy(OUTAGE_PROBES);
    }

    /** @return longest wait between two probing calls while the account is refused */
    Duration accountSpacing() {
        return longestWait.dividedBy(2);
    }

    /** @return how long many orders fail without a success in between until it is an outage: time for a few more tries */
    Duration soon() {
        return shorter(SECOND, outageSpacing());
    }

    /** @return how long calls fail without a success until it is an outage, however few orders there are */
    Duration silence() {
        return longer(longestWait, SHORTEST_SILENCE);
    }

    /** @return how long no order must have failed at its first call until those that fail may be to blame although nobody succeeds */
    Duration quiet() {
        return longestWait.multipliedBy(2);
    }

    /** @return how long after many orders failed in a row it is still likely that more of them lie ahead */
    Duration trouble() {
        return longer(longestWait, longestCall);
    }

    /** @return how long a failing call takes at least to be called slow: such calls keep others waiting */
    Duration slow() {
        return shorter(SECOND, longestCall.dividedBy(2));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
