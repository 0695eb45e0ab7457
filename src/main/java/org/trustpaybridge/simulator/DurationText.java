package org.trustpaybridge.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 250ms}, {@code 2s}, {@code 1m}, {@code 1h} and {@code 0}. */
public final class DurationText implements ITypeConverter<Duration> {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /**
     * Reads a duration.
     *
     * @param text a whole number and its unit, or {@code 0}
     * @throws IllegalArgumentException if the text is anything else; the message says what is expected
     */
    static Duration parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("0")) {
            return Duration.ZERO;
        }
        Matcher shape = SHAPE.matcher(trimmed);
        if (!shape.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no duration; write for instance 250ms, 2s, 1m or 0");
        }
        long count = Long.parseLong(shape.group(1));
        return switch (shape.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    @Override
    public Duration convert(String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException notOne) {
            throw new TypeConversionException(notOne.getMessage());
        }
    }
}
