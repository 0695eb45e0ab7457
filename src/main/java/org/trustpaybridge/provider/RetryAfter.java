package org.trustpaybridge.provider;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a date in the one form that may still be sent. */
final class RetryAfter {

    /** Nine digits are 31 years; more is nonsense. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {
    }

    /** How long to wait from now on; nothing when the header is missing, makes no sense or lies in the past. */
    static Optional<Duration> read(Optional<String> header, Clock clock) {
        return header.map(String::strip).flatMap(text ->
                SECONDS.matcher(text).matches() ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : until(text, clock));
    }

    private static Optional<Duration> until(String date, Clock clock) {
        try {
            Duration wait = Duration.between(clock.instant(), HTTP_DATE.parse(date, Instant::from));
            return wait.isNegative() ? Optional.empty() : Optional.of(wait);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
