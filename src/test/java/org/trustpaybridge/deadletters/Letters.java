package org.trustpaybridge.deadletters;

import static org.trustpaybridge.delivery.Records.header;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.trustpaybridge.delivery.RecordHeader;

/** Dead letters for the tests, as they stand on the topic. */
final class Letters {

    static final String DEAD = "order-created.dlq";
    static final String IN = "order-created";
    static final Instant WRITTEN = Instant.parse("2026-11-22T10:00:00Z");

    private Letters() {
    }

    /** A dead letter for an event that stands at another place of the inbound topic. */
    static StoredRecord stored(Place place, Place source, String code, String orderId, RecordHeader... more) {
        List<RecordHeader> headers = new ArrayList<>(List.of(more));
        headers.add(header("__connect.errors.topic", IN));
        headers.add(header("__connect.errors.partition", Integer.toString(source.partition())));
        headers.add(header("__connect.errors.offset", Long.toString(source.offset())));
        headers.add(header("bridge-error-code", code));
        if (orderId != null) {
            headers.add(header("bridge-order-id", orderId));
        }
        headers.add(header("bridge-failed-at", WRITTEN.plusSeconds(source.offset()).toString()));
        return new StoredRecord(place, WRITTEN, bytes(orderId), bytes("{}"), headers);
    }

    static DeadLetter letter(Place place, Place source, String code, String orderId, RecordHeader... more) {
        return DeadLetter.read(stored(place, source, code, orderId, more));
    }

    static StoredRecord record(Place place, String key, String value, RecordHeader... headers) {
        return new StoredRecord(place, WRITTEN, bytes(key), bytes(value), List.of(headers));
    }

    static Place at(String text) {
        return Place.parse(text).orElseThrow();
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
