package org.trustpaybridge.ledger;

/**
 * A record of the inbound topic: where it lies and what is in it. Its text says nothing of what is in it.
 *
 * @param partition partition of the inbound topic
 * @param offset    offset in it
 * @param key       its key, or null; not to be changed
 * @param value     its value, or null; not to be changed
 */
public record PlacedRecord(int partition, long offset, byte[] key, byte[] value) {

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
