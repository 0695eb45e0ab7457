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

    /** @return bytes of key, value and headers */
    public int size() {
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (RecordHeader header : headers) {
            size += header.name().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    @Override
    public String toString() {
        return "a record with " + headers.size() + " headers";
    }
}
