package org.trustpaybridge.provider;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.trustpaybridge.order.KnownSecrets;
import org.trustpaybridge.order.Unescaped;

/** Makes the provider's words fit for logs and headers: they may quote the order, and with it a person, or the key that was sent. */
final class ErrorInfo {

    static final int MAX_LENGTH = 200;
    /** What is beyond is cut in the end; looking for secrets in all of a large answer would cost. */
    private static final int MOST_LOOKED_AT = 4000;

    /** Possessive, so that it reads each character once. */
    private static final Pattern TAG = Pattern.compile("<[^<>]*+>");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_.\\[\\]]{1,60}");
    private static final int MAX_ATTRIBUTES = 10;

    private ErrorInfo() {
    }

    /** The words of an answer: {@code error_info}, else {@code message} with the names of the attributes that it complains about. */
    static String of(JsonNode answer, KnownSecrets secrets) {
        JsonNode info = answer.path("error_info");
        return clean(info.isTextual() ? info.textValue() : answer.path("message").asText("") + attributes(answer.path("errors")), secrets);
    }

    /** Names only; the messages beside them quote values. */
    private static String attributes(JsonNode errors) {
        StringJoiner names = new StringJoiner(", ", " (", ")").setEmptyValue("");
        int count = 0;
        for (JsonNode error : errors) {
            String name = error.path("attribute").asText("");
            if (count < MAX_ATTRIBUTES && ATTRIBUTE.matcher(name).matches()) {
                names.add(name);
                count++;
            }
        }
        return names.toString();
    }

    static String clean(String raw, KnownSecrets secrets) {
        String start = raw.length() <= MOST_LOOKED_AT ? raw : raw.substring(0, MOST_LOOKED_AT);
        StringBuilder printable = new StringBuilder(start.length());
        // Before tags go, for a secret that has one in it, and behind, for one that tags or invisible characters took apart.
        TAG.matcher(secrets.mask(start)).replaceAll("").codePoints().forEach(point -> append(printable, point));
        StringJoiner words = new StringJoiner(" ");
        for (String word : secrets.mask(printable.toString()).split(" +")) {
            words.add(masked(word));
        }
        String text = words.toString().strip();
        return text.codePointCount(0, text.length()) <= MAX_LENGTH ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)).stripTrailing();
    }

    private static void append(StringBuilder out, int point) {
        int type = Character.getType(point);
        if (type == Character.SURROGATE) {
            out.append('?');
        } else if (Character.isISOControl(point) || Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            out.append(' ');
        } else if (type != Character.FORMAT) {
            out.appendCodePoint(point);
        }
    }

    /** Word by word and not by a pattern: what stands around an address goes with it. */
    private static String masked(String word) {
        String plain = Unescaped.plain(word).toLowerCase(Locale.ROOT);
        if (plain.contains("@")) {
            return "[e-mail]";
        }
        boolean url = plain.contains("://") || plain.contains("www.") || plain.contains("/connect/");
        return url ? "[url]" : word;
    }
}
