package org.trustpaybridge.deadletters;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record stands in its topic; written as {@code partition@offset}.
 *
 * @param partition partition, from 0
 * @param offset    offset, from 0
 */
public record Place(int partition, long offset) implements Comparable<Place> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})@(\\d{1,18})");
    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::partition).thenComparingLong(Place::offset);

    /**
     * @param text such as {@code 1@17}
     * @return the place; empty if the text is none
     */
    public static Optional<Place> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new Place(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
            : Optional.empty();
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
