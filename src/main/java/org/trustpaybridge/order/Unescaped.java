package org.trustpaybridge.order;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as UTF-8 with its escapes undone, those of URLs ({@code %41}), JSON ({@code \}{@code u0041}) and HTML ({@code &#65;}), also where
 * one hides in another, and without backslashes: how many stand for one depends on how often JSON was put into JSON. Of each byte it is
 * known where in the text it stood.
 */
public final class Unescaped {

    private byte[] bytes;
    private int[] starts;
    private int[] ends;
    private int size;

    private Unescaped(int capacity) {
        bytes = new byte[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    /**
     * @param text a text with escapes
     * @return the text without them, and without backslashes
     */
    public static String plain(String text) {
        Unescaped plain = of(text);
        return new String(plain.bytes, 0, plain.size, StandardCharsets.UTF_8);
    }

    static Unescaped of(String text) {
        return of(text, false);
    }

    /** Only without backslashes: what looks like an escape stays as it is. */
    static Unescaped verbatim(String text) {
        Unescaped result = new Unescaped(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            Escape itself = new Escape(text.codePointAt(i), i + Character.charCount(text.codePointAt(i)), false);
            result.add(itself, i);
            i = itself.end;
        }
        return result;
    }

    /** @param octets a text that has a character for each byte */
    static Unescaped ofOctets(String octets) {
        return of(octets, true);
    }

    private static Unescaped of(String text, boolean octets) {
        Unescaped result = new Unescaped(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            Escape found = new Escape(text.codePointAt(i), i + Character.charCount(text.codePointAt(i)), octets);
            // What an escape stands for may begin another one.
            for (Escape next = found; next != null; next = after(found.value, text, found.end)) {
                found = next;
            }
            result.add(found, i);
            i = found.end;
        }
        return result;
    }

    int size() {
        return size;
    }

    byte at(int index) {
        return bytes[index];
    }

    /** @return the first place in the text that belongs to a byte */
    int start(int index) {
        return starts[index];
    }

    /** @return the place in the text behind a byte */
    int end(int index) {
        return ends[index];
    }

    /** The bytes from one on as text, each a character, in lower case. */
    String lowerCase(int from, int length) {
        byte[] part = Arrays.copyOfRange(bytes, from, from + length);
        for (int i = 0; i < part.length; i++) {
            part[i] = part[i] >= 'A' && part[i] <= 'Z' ? (byte) (part[i] + 'a' - 'A') : part[i];
        }
        return new String(part, StandardCharsets.ISO_8859_1);
    }

    private void add(Escape found, int start) {
        if (found.value == '\\') {
            return;
        }
        byte[] encoded = found.octet || found.value < 0x80 ? new byte[] {(byte) found.value}
                : Character.toString(found.value).getBytes(StandardCharsets.UTF_8);
        if (size + encoded.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size + encoded.length);
            starts = Arrays.copyOf(starts, bytes.length);
            ends = Arrays.copyOf(ends, bytes.length);
        }
        for (byte b : encoded) {
            bytes[size] = b;
            starts[size] = start;
            ends[size++] = found.end;
        }
    }

    /**
     * @param value what it stands for: a character, or a byte of one
     * @param end   where the text goes on behind it
     */
    private record Escape(int value, int end, boolean octet) {
    }

    /** The escape that a character begins; null when there is none. */
    private static Escape after(int first, String text, int next) {
        return switch (first) {
            case '%' -> hex(text, next, 2, true);
            case '\\' -> afterBackslash(text, next);
            case '&' -> {
                Entities.Reference reference = Entities.at(text, next);
                if (reference == null) {
                    yield null;
                }
                yield new Escape(reference.value().codePointAt(0), reference.end(), false);
            }
            default -> null;
        };
    }

    private static Escape afterBackslash(String text, int next) {
        if (next >= text.length()) {
            return null;
        }
        return switch (text.charAt(next)) {
            case 'u' -> hex(text, next + 1, 4, false);
            case '/', '"', '\\' -> new Escape(text.charAt(next), next + 1, false);
            default -> null;
        };
    }

    private static Escape hex(String text, int from, int digits, boolean octet) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < text.length() && text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = 16 * value + digit;
        }
        return new Escape(value, from + digits, octet);
    }
}
