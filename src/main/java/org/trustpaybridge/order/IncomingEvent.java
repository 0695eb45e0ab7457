package org.trustpaybridge.order;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the mapping sees of a record.
 *
 * @param value   the record's own bytes, not copied and never changed; null when the record has no value
 * @param headers the headers as text; only {@code content-type} and {@code ce_*} are kept, under lower-case names
 */
public record IncomingEvent(byte[] value, Map<String, String> headers) {

    /** The most bytes that a value may have. */
    public static final int MAX_BYTES = 1024 * 1024;

    public IncomingEvent {
        Map<String, String> kept = new HashMap<>();
        headers.forEach((name, text) -> {
            String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
            if (text != null && matters(lower)) {
                kept.put(lower, text);
            }
        });
        headers = Map.copyOf(kept);
    }

    /** Whether a header of this name, in any case, has a say in the mapping: a caller need not decode the others. */
    public static boolean matters(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("content-type") || lower.startsWith("ce_");
    }

    /** A header's text by its name, in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Says how large the value is, not what is in it. */
    @Override
    public String toString() {
        return "IncomingEvent[" + (value == null ? "no value" : value.length + " bytes") + "]";
    }
}
