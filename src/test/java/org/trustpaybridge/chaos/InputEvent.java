package org.trustpaybridge.chaos;

import java.time.Duration;

/**
 * A record to publish.
 *
 * @param at since the beginning
 * @param kind what is expected of it
 * @param key may be {@code null}
 * @param value may be {@code null}
 */
record InputEvent(Duration at, Kind kind, byte[] key, byte[] value) {

    enum Kind {
        /** Ends as a payment URL. */
        ORDER,
        /** The same order once more. */
        REPEAT,
        /** No order: ends as a dead letter. */
        POISON,
        /** An order that the provider never takes: is given up. */
        BAD
    }
}
