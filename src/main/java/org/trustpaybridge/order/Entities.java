package org.trustpaybridge.order;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The character references of HTML: {@code &lt;}, {@code &#60;}, {@code &#x3c;}. As browsers do, it also takes a number without a
 * semicolon, and {@code lt} and {@code gt}; {@code amp} and {@code quot} only where no letter or digit follows. {@code &} before anything
 * else is text.
 */
final class Entities {

    private static final int LONGEST_NAME = 31;
    private static final String UNKNOWN = "\uFFFD";
    /** What old pages mean by the numbers 128 to 159, which Unicode has for control characters. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private Entities() {
    }

    /** Read at the first reference by name: few descriptions have one. */
    private static final class Names {
        static final Map<String, String> VALUES = read();

        private static Map<String, String> read() {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Entities.class.getResourceAsStream("entities.txt"), StandardCharsets.US_ASCII))) {
                return lines.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                        .collect(Collectors.toUnmodifiableMap(parts -> parts[0], Names::value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String value(String[] parts) {
            StringBuilder value = new StringBuilder();
            for (int i = 1; i < parts.length; i++) {
                value.appendCodePoint(Integer.parseInt(parts[i], 16));
            }
            return value.toString();
        }
    }

    /** @param end where the text goes on behind the reference */
    record Reference(String value, int end) {
    }

    /** The text with each reference replaced by what it stands for; reads it once. {@code &amp;lt;} is one, too. */
    static String decoded(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) != '&') {
                out.append(text.charAt(i++));
                continue;
            }
            Reference found = new Reference("&", i + 1);
            // The ampersand that a reference stands for may begin another one.
            for (Reference next = found; next != null && found.value.equals("&"); next = at(text, found.end)) {
                found = next;
            }
            out.append(found.value);
            i = found.end;
        }
        return out.toString();
    }

    /** The reference whose ampersand stands before a place; null when there is none. */
    static Reference at(String text, int start) {
        return charAt(text, start) == '#' ? number(text, start + 1) : name(text, start);
    }

    private static Reference number(String text, int start) {
        boolean hex = charAt(text, start) == 'x' || charAt(text, start) == 'X';
        int first = hex ? start + 1 : start;
        int radix = hex ? 16 : 10;
        int end = first;
        int point = 0;
        for (; Character.digit(charAt(text, end), radix) >= 0 && charAt(text, end) < 0x80; end++) {
            point = Math.min(Character.MAX_CODE_POINT + 1, point * radix + Character.digit(charAt(text, end), radix));
        }
        if (end == first) {
            return null;
        }
        return new Reference(character(point), charAt(text, end) == ';' ? end + 1 : end);
    }

    private static String character(int point) {
        if (point >= 0x80 && point < 0xA0) {
            return new String(new byte[] {(byte) point}, WESTERN);
        }
        boolean none = point == 0 || point > Character.MAX_CODE_POINT || point >= Character.MIN_SURROGATE
            && point <= Character.MAX_SURROGATE;
        return none ? UNKNOWN : Character.toString(point);
    }

    private static Reference name(String text, int start) {
        int end = start;
        while (end - start <= LONGEST_NAME && isAlphanumeric(charAt(text, end))) {
            end++;
        }
        if (end > start && charAt(text, end) == ';') {
            String value = Names.VALUES.get(text.substring(start, end));
            if (value != null) {
                return new Reference(value, end + 1);
            }
        }
        return withoutSemicolon(text, start);
    }

    private static Reference withoutSemicolon(String text, int start) {
        for (String name : new String[] {"lt", "gt", "amp", "quot"}) {
            boolean named = text.startsWith(name, start) || text.startsWith(name.toUpperCase(Locale.ROOT), start);
            int end = start + name.length();
            if (named && (name.length() == 2 || !isAlphanumeric(charAt(text, end)))) {
                return new Reference(Names.VALUES.get(name), end);
            }
        }
        return null;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static char charAt(String text, int index) {
        return index < text.length() ? text.charAt(index) : ' ';
    }
}
