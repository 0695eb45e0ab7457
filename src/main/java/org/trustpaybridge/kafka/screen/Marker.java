package org.trustpaybridge.kafka.screen;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.Fingerprint;

/** The header by which a record says, between the screen and whoever reads, that it is an excerpt. Nobody else can know its name. */
final class Marker {

    static final String NAME = "excerpt-" + UUID.randomUUID();
    private static final String NONE = "-";

    private Marker() {
    }

    static boolean is(String name) {
        return NAME.equals(name);
    }

    static Header of(Excerpt excerpt) {
        String text = String.join(" ", text(excerpt.key()), text(excerpt.value()), Integer.toString(excerpt.headersLeftOut()),
            Long.toString(excerpt.headerBytesLeft()), Long.toString(excerpt.limit()));
        return new RecordHeader(NAME, text.getBytes(StandardCharsets.US_ASCII));
    }

    static Excerpt read(Header marker) {
        String[] parts = new String(marker.value(), StandardCharsets.US_ASCII).split(" ");
        return new Excerpt(fingerprint(parts[0], parts[1]), fingerprint(parts[2], parts[3]), Integer.parseInt(parts[4]),
            Long.parseLong(parts[5]), Long.parseLong(parts[6]));
    }

    private static String text(Fingerprint fingerprint) {
        return fingerprint.size() + " " + (fingerprint.sha256().isEmpty() ? NONE : fingerprint.sha256());
    }

    private static Fingerprint fingerprint(String size, String sha256) {
        return new Fingerprint(Long.parseLong(size), NONE.equals(sha256) ? "" : sha256);
    }
}
