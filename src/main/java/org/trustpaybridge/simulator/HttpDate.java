package org.trustpaybridge.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A time as HTTP writes it, in whole seconds. */
final class HttpDate {

    private HttpDate() {
    }

    static String of(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
