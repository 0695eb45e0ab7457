package org.trustpaybridge.outbound;

import java.util.List;

import org.trustpaybridge.delivery.RecordHeader;

/**
 * A record to be published. Its text says nothing of what is in it.
 *
 * @param key     key, or null; not to be changed
 * @param value   value, or null; not to be changed
 * @param headers headers in their order
 */
public record OutgoingRecord(byte[] key, byte[] value, List<RecordHeader> headers) {

    /** Copies the list. */
    public OutgoingRecord {
        headers = List.copyOf(headers);
    }

    @Override
    public String toString() {
        return "a record with " + headers.size() + " headers";
    }
}
