package org.trustpaybridge.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.trustpaybridge.order.IncomingEvent;

/**
 * A record of the inbound topic, as it came. Its text names the place only: key, value and headers belong to a customer.
 *
 * @param topic     inbound topic
 * @param partition partition of it
 * @param offset    offset in it
 * @param timestamp time of the record
 * @param key       its key, or null; not to be changed
 * @param value     its value, or null; not to be changed
 * @param headers   its headers in their order
 * @param excerpt   what is known of the whole of it, if that is not here: then key, value and headers are the beginning only
 */
public record SourceRecord(String topic, int partition, long offset, Instant timestamp, byte[] key, byte[] value,
                           List<RecordHeader> headers, Optional<Excerpt> excerpt) {

    /** Bytes of a key, a value and headers that are kept of a record that is held for long. */
    private static final int KEPT = 1 << 10;

    /** Copies the list. */
    public SourceRecord {
        headers = List.copyOf(headers);
    }

    /** A record that is here as it came. */
    public SourceRecord(String topic, int partition, long offset, Instant timestamp, byte[] key, byte[] value, List<RecordHeader> headers) {
        this(topic, partition, offset, timestamp, key, value, headers, Optional.empty());
    }

    /** @return of its whole key */
    public Fingerprint keyFingerprint() {
        return excerpt.map(Excerpt::key).orElseGet(() -> Fingerprint.of(key));
    }

    /** @return of its whole value */
    public Fingerprint valueFingerprint() {
        return excerpt.map(Excerpt::value).orElseGet(() -> Fingerprint.of(value));
    }

    /**
     * @param name a header name, exactly
     * @return the last header of that name, as consumers of Kafka headers expect; empty without one or with a null value
     */
    public Optional<byte[]> header(String name) {
        return headers.stream().filter(header -> header.name().equals(name)).reduce((first, last) -> last).map(RecordHeader::value);
    }

    /**
     * @param name a header name, exactly
     * @return the last header of that name read as UTF-8
     */
    public Optional<String> headerText(String name) {
        return header(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** @return its key as text; empty without one, or when it is no text */
    public Optional<String> keyText() {
        return text(key);
    }

    /** @return its headers as text by their names, of several of one name the last; those that are no text are left out */
    public Map<String, String> headerTexts() {
        Map<String, String> texts = new HashMap<>();
        headers.forEach(header -> text(header.value()).ifPresent(text -> texts.put(header.name(), text)));
        return texts;
    }

    /** @return the same with the beginning of key, value and headers only, and what is known of the whole */
    SourceRecord brief() {
        List<RecordHeader> kept = new ArrayList<>();
        int room = KEPT;
        int leftOut = excerpt.map(Excerpt::headersLeftOut).orElse(0);
        long bytesLeftOut = excerpt.map(Excerpt::headerBytesLeft).orElse(0L);
        for (RecordHeader header : headers) {
            int size = size(header);
            if (size <= room) {
                kept.add(header);
                room -= size;
            } else {
                leftOut++;
                bytesLeftOut += size;
            }
        }
        return new SourceRecord(topic, partition, offset, timestamp, beginning(key), beginning(value), kept,
            Optional.of(new Excerpt(keyFingerprint(), valueFingerprint(), leftOut, bytesLeftOut, excerpt.map(Excerpt::limit).orElse(0L))));
    }

    /**
     * @param brief what was kept of a record
     * @return whether this is that record
     */
    public boolean isWholeOf(SourceRecord brief) {
        return topic.equals(brief.topic) && partition == brief.partition && offset == brief.offset && timestamp.equals(brief.timestamp)
            && keyFingerprint().equals(brief.keyFingerprint()) && valueFingerprint().equals(brief.valueFingerprint());
    }

    private static byte[] beginning(byte[] bytes) {
        return bytes == null || bytes.length <= KEPT ? bytes : Arrays.copyOf(bytes, KEPT);
    }

    private static int size(RecordHeader header) {
        return header.name().length() + (header.value() == null ? 0 : header.value().length);
    }

    private static Optional<String> text(byte[] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** @return the record as the mapping sees it */
    public IncomingEvent event() {
        Map<String, String> texts = new HashMap<>();
        for (RecordHeader header : headers) {
            if (IncomingEvent.matters(header.name())) {
                headerText(header.name()).ifPresent(text -> texts.put(header.name(), text));
            }
        }
        return new IncomingEvent(value, texts);
    }

    /** @return bytes that the record holds in memory, about */
    public int size() {
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (RecordHeader header : headers) {
            size += size(header);
        }
        return size;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
