package org.trustpaybridge.delivery.position;

import java.time.Instant;

/**
 * The first record that would be read.
 *
 * @param offset where it lies
 * @param time   its time
 */
public record FirstRecord(long offset, Instant time) {
}
