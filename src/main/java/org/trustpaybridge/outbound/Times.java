package org.trustpaybridge.outbound;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Times as they stand in records: UTC, always with milliseconds, so that they sort as text. */
final class Times {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Times() {
    }

    static String iso(Instant instant) {
        return FORMAT.format(instant);
    }
}
