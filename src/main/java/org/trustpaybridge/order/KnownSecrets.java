package org.trustpaybridge.order;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The secrets that this process knows, for hiding them in words that came from outside: who is sent a key may say it back. It finds them in
 * any case, whole or eight characters in a row of them, escaped as in URLs, JSON or HTML, and in Base64 and hexadecimal digits. A secret of
 * fewer than four characters would hide every other word, and is not looked for.
 *
 * <p>Safe for use by many threads.
 */
public final class KnownSecrets {

    private static final int PIECE = 8;
    private static final int SHORTEST = 4;
    /** A key in Base64 in a URL in Base64: nobody hides it by accident deeper. */
    private static final int DEEPEST = 2;
    private static final String HIDDEN = "***";

    /** Parts of secrets by their length, as UTF-8 with a character a byte, in lower case, without backslashes as {@link Unescaped}. */
    private volatile Map<Integer, Set<String>> pieces = Map.of();

    /** @param secrets the values; those that are empty are passed over */
    public KnownSecrets(Collection<String> secrets) {
        secrets.forEach(this::learn);
    }

    /**
     * Has a secret hidden from now on as well. What was known stays known: an old key may still be good somewhere.
     *
     * @param secret the value; passed over if it is empty
     */
    public synchronized void learn(String secret) {
        Map<Integer, Set<String>> more = new TreeMap<>();
        pieces.forEach((length, known) -> more.put(length, new HashSet<>(known)));
        add(Unescaped.verbatim(secret), more);
        // A secret may look as if it had escapes, and be read so where it is found again.
        add(Unescaped.of(secret), more);
        pieces = more;
    }

    private static void add(Unescaped secret, Map<Integer, Set<String>> pieces) {
        int length = Math.min(PIECE, secret.size());
        for (int i = 0; length >= SHORTEST && i + length <= secret.size(); i++) {
            pieces.computeIfAbsent(length, any -> new HashSet<>()).add(secret.lowerCase(i, length));
        }
    }

    /** @return knows none */
    public static KnownSecrets none() {
        return new KnownSecrets(Set.of());
    }

    /**
     * @param text words from outside
     * @return the same, with {@code ***} in the place of each secret and of each word that holds one in Base64 or hexadecimal digits
     */
    public String mask(String text) {
        BitSet hidden = pieces.isEmpty() ? new BitSet() : find(text);
        if (hidden.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int from = hidden.nextSetBit(at);
            masked.append(text, at, from < 0 ? text.length() : from);
            at = from < 0 ? text.length() : hidden.nextClearBit(from);
            if (from >= 0) {
                masked.append(HIDDEN);
            }
        }
        return masked.toString();
    }

    /** @return whether a text holds a secret */
    public boolean isIn(String text) {
        return !pieces.isEmpty() && !find(text).isEmpty();
    }

    @Override
    public String toString() {
        return "KnownSecrets[***]";
    }

    private BitSet find(String text) {
        BitSet hidden = find(Unescaped.of(text), 0);
        hidden.or(find(Unescaped.verbatim(text), DEEPEST));
        return hidden;
    }

    private BitSet find(Unescaped plain, int depth) {
        BitSet hidden = new BitSet();
        pieces.forEach((length, known) -> {
            for (int i = 0; i + length <= plain.size(); i++) {
                if (known.contains(plain.lowerCase(i, length))) {
                    hidden.set(plain.start(i), plain.end(i + length - 1));
                }
            }
        });
        if (depth < DEEPEST) {
            for (Encoding encoding : Encoding.values()) {
                findEncoded(plain, encoding, depth, hidden);
            }
        }
        return hidden;
    }

    /** Looks into each run of digits of an encoding, beginning at each of the places where a group of them may begin. */
    private void findEncoded(Unescaped plain, Encoding encoding, int depth, BitSet hidden) {
        int from = 0;
        while (from < plain.size()) {
            int to = from;
            while (to < plain.size() && encoding.digit(plain.at(to)) >= 0) {
                to++;
            }
            for (int shift = 0; shift < encoding.group && to - from - shift >= encoding.shortest(); shift++) {
                if (!find(Unescaped.ofOctets(encoding.decoded(plain, from + shift, to)), depth + 1).isEmpty()) {
                    hidden.set(plain.start(from), plain.end(to - 1));
                }
            }
            from = to + 1;
        }
    }

    /** Ways of writing bytes with few characters. */
    private enum Encoding {
        /** Also with the two characters that URLs take. */
        BASE64(6, 4),
        HEXADECIMAL(4, 2);

        private final int bits;
        private final int group;

        Encoding(int bits, int group) {
            this.bits = bits;
            this.group = group;
        }

        int shortest() {
            return (SHORTEST * 8 + bits - 1) / bits;
        }

        int digit(byte c) {
            if (this == HEXADECIMAL) {
                return c < 0 ? -1 : Character.digit(c, 16);
            }
            if (c >= 'A' && c <= 'Z') {
                return c - 'A';
            }
            if (c >= 'a' && c <= 'z') {
                return c - 'a' + 26;
            }
            if (c >= '0' && c <= '9') {
                return c - '0' + 52;
            }
            return switch (c) {
                case '+', '-' -> 62;
                case '/', '_' -> 63;
                default -> -1;
            };
        }

        /** A character for each whole byte. */
        String decoded(Unescaped digits, int from, int to) {
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            int buffer = 0;
            int filled = 0;
            for (int i = from; i < to; i++) {
                buffer = buffer << bits | digit(digits.at(i));
                filled += bits;
                if (filled >= 8) {
                    filled -= 8;
                    decoded.write(buffer >> filled);
                    buffer &= (1 << filled) - 1;
                }
            }
            return decoded.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
