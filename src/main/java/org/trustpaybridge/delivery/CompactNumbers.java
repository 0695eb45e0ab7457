package org.trustpaybridge.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Whole numbers and short texts as few bytes, for the few thousand that Kafka keeps beside an offset. */
final class CompactNumbers {

    private CompactNumbers() {
    }

    /** Collects them. */
    static final class Writer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** Seven bits a byte, the lowest first. */
        Writer number(long number) {
            long rest = number;
            while (rest >>> 7 != 0) {
                bytes.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            return this;
        }

        Writer text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            bytes.writeBytes(utf8);
            return this;
        }

        String toBase64() {
            return Base64.getEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        }
    }

    /** Reads them in the same order; damaged input ends as an {@link IllegalArgumentException}. */
    static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(String base64) {
            bytes = Base64.getDecoder().decode(base64);
        }

        boolean atEnd() {
            return at == bytes.length;
        }

        long number() {
            long number = 0;
            int shift = 0;
            int next;
            do {
                next = next();
                number |= (long) (next & 0x7f) << shift;
                shift += 7;
            } while ((next & 0x80) != 0 && shift < Long.SIZE);
            return number;
        }

        String text() {
            int length = Math.toIntExact(Math.min(number() & Long.MAX_VALUE, bytes.length + 1L));
            if (length > bytes.length - at) {
                throw new IllegalArgumentException("a text ends too early");
            }
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        private byte next() {
            if (atEnd()) {
                throw new IllegalArgumentException("a number ends too early");
            }
            return bytes[at++];
        }
    }
}
