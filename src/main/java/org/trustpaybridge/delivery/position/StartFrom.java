package org.trustpaybridge.delivery.position;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Where an operator says to begin, for partitions of which nothing is committed.
 *
 * @param word what was said
 * @param time the time that was said; empty for the other words
 */
public record StartFrom(Word word, Optional<Instant> time) {

    /** Nothing was said. */
    public static final StartFrom UNSAID = new StartFrom(Word.UNSAID, Optional.empty());

    /** What can be said. */
    public enum Word { UNSAID, EARLIEST, NOW, TIME }

    /** @return whether something was said */
    public boolean said() {
        return word != Word.UNSAID;
    }

    /**
     * @param text {@code earliest}, {@code now}, an ISO time with its offset, or nothing
     * @return what it says; empty if that is none of these
     */
    public static Optional<StartFrom> parse(String text) {
        String plain = text.strip();
        if (plain.isEmpty()) {
            return Optional.of(UNSAID);
        }
        if (plain.equalsIgnoreCase("earliest")) {
            return Optional.of(new StartFrom(Word.EARLIEST, Optional.empty()));
        }
        if (plain.equalsIgnoreCase("now")) {
            return Optional.of(new StartFrom(Word.NOW, Optional.empty()));
        }
        try {
            return Optional.of(new StartFrom(Word.TIME, Optional.of(OffsetDateTime.parse(plain).toInstant())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return word == Word.TIME ? time.orElseThrow().toString() : word.name().toLowerCase(java.util.Locale.ROOT);
    }
}
