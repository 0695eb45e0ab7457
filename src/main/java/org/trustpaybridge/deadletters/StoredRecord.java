package org.trustpaybridge.deadletters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.RecordHeader;

/**
 * A record of any topic, as it was read. Its text names the place only.
 *
 * @param place     where it stands
 * @param timestamp time of the record
 * @param key       its key, or null; not to be changed
 * @param value     its value, or null; not to be changed
 * @param headers   its headers in their order
 * @param excerpt   what is known of the whole of it, if it was too large to be held: then key, value and headers are the beginning only
 */
public record StoredRecord(Place place, Instant timestamp, byte[] key, byte[] value, List<RecordHeader> headers,
                           Optional<Excerpt> excerpt) {

    /** Copies the list. */
    public StoredRecord {
        headers = List.copyOf(headers);
    }

    /** A record that is here as it came. */
    public StoredRecord(Place place, Instant timestamp, byte[] key, byte[] value, List<RecordHeader> headers) {
        this(place, timestamp, key, value, headers, Optional.empty());
    }

    /**
     * @param name a header name, exactly
     * @return the last header of that name read as UTF-8; empty without one or with a null value
     */
    public Optional<String> header(String name) {
        return headers.stream().filter(header -> header.name().equals(name)).reduce((first, last) -> last).map(RecordHeader::value)
            .map(StoredRecord::text);
    }

    /** @return the key read as UTF-8; empty without one */
    public Optional<String> keyText() {
        return Optional.ofNullable(key).map(StoredRecord::text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
