package org.trustpaybridge.command.deadletters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.trustpaybridge.deadletters.PlaceRanges;
import org.trustpaybridge.deadletters.Selection;
import org.trustpaybridge.delivery.DeadLetterReason.Code;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which dead letters are meant. */
final class Filters {

    @Option(names = "--reason", paramLabel = "CODE", split = ",", converter = CodeConverter.class,
        description = "Only with one of these reasons: INVALID_EVENT, PROVIDER_REJECTED, ORDER_EXISTS, PROVIDER_UNCLEAR, GAVE_UP.")
    private List<Code> reasons = new ArrayList<>();

    @Option(names = "--since", paramLabel = "TIME", converter = TimeConverter.class,
        description = "Only given up at this time or later: 2026-11-22T10:15:30Z, 2026-11-22 (UTC), or how long ago: 30m, 24h, 7d.")
    private Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = TimeConverter.class, description = "Only given up before this time.")
    private Instant until;

    @Option(names = "--order-id", paramLabel = "ID", description = "Only of this order; may be given several times.")
    private List<String> orderIds = new ArrayList<>();

    @Option(names = "--text", paramLabel = "TEXT",
        description = "Only with this text in the reason or its details, in upper or lower case.")
    private String text;

    @Option(names = "--offsets", paramLabel = "PLACES", converter = PlacesConverter.class,
        description = "Only at these places of the dead-letter topic: 0@17 is partition 0, offset 17; also 0@17-42, 0@17-, and several"
            + " with commas.")
    private PlaceRanges places;

    Selection selection() {
        Set<Code> codes = new LinkedHashSet<>(reasons);
        return new Selection(codes, Optional.ofNullable(since), Optional.ofNullable(until), new LinkedHashSet<>(orderIds),
            Optional.ofNullable(text), Optional.ofNullable(places));
    }

    boolean isEmpty() {
        return reasons.isEmpty() && since == null && until == null && orderIds.isEmpty() && text == null && places == null;
    }

    /** Reasons in any case, with hyphens too. */
    static final class CodeConverter implements ITypeConverter<Code> {

        @Override
        public Code convert(String value) {
            String name = value.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(Code.values()).filter(code -> code.name().equals(name)).findFirst()
                .orElseThrow(() -> new TypeConversionException("found \"" + value + "\", expected one of "
                    + Arrays.stream(Code.values()).map(Code::name).collect(Collectors.joining(", "))));
        }
    }

    /** Places of the dead-letter topic. */
    static final class PlacesConverter implements ITypeConverter<PlaceRanges> {

        @Override
        public PlaceRanges convert(String value) {
            try {
                return PlaceRanges.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
