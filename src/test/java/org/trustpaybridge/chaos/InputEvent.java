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

    enum Kind { ORDER, REPEAT, POISON }
}
