package org.trustpaybridge.outbound;

import java.nio.charset.StandardCharsets;

import org.trustpaybridge.delivery.RecordHeader;

/** Text as it stands in records. */
final class Utf8 {

    private Utf8() {
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static RecordHeader header(String name, String text) {
        return new RecordHeader(name, bytes(text));
    }
}
