package org.trustpaybridge.ledger;

import org.trustpaybridge.delivery.Fingerprint;

/**
 * A record of the inbound topic: where it lies and what is in it. Its text says nothing of what is in it.
 *
 * @param partition partition of the inbound topic
 * @param offset    offset in it
 * @param key       of its key
 * @param value     of its value
 */
public record PlacedRecord(int partition, long offset, Fingerprint key, Fingerprint value) {

    /**
     * @param partition partition of the inbound topic
     * @param offset    offset in it
     * @param key       its key, or null
     * @param value     its value, or null
     */
    public PlacedRecord(int partition, long offset, byte[] key, byte[] value) {
        this(partition, offset, Fingerprint.of(key), Fingerprint.of(value));
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
