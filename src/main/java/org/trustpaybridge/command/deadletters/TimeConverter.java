package org.trustpaybridge.command.deadletters;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

import org.trustpaybridge.settings.Durations;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write one: ISO, with or without seconds or an offset, a day, or how long ago. UTC where nothing else is said. */
final class TimeConverter implements ITypeConverter<Instant> {

    private static final List<Function<String, Instant>> FORMS = List.of(
        text -> OffsetDateTime.parse(text).toInstant(),
        text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
        text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant(),
        text -> Durations.parse(text).map(Instant.now()::minus).orElseThrow(() -> new DateTimeException("no duration")));

    @Override
    public Instant convert(String value) {
        String text = value.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (\\d)", "$1T$2");
        for (Function<String, Instant> form : FORMS) {
            try {
                return form.apply(text);
            } catch (DateTimeException e) {
                // The next form may be it.
                continue;
            }
        }
        throw new TypeConversionException("found \"" + value
            + "\", expected a time such as 2026-11-22T10:15:30Z or 2026-11-22, or how long ago, such as 30m, 24h or 7d");
    }
}
