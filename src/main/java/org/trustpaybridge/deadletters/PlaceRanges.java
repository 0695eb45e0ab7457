package org.trustpaybridge.deadletters;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Some places of a topic: single ones and ranges, such as {@code 0@17,1@20-25,2@7-}. */
public final class PlaceRanges {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})@(\\d{1,18})(-(\\d{1,18})?)?");

    private final List<Range> ranges;

    private PlaceRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * @param text parts separated by commas: {@code partition@offset}, {@code partition@first-last} or {@code partition@first-}
     * @return the places
     * @throws IllegalArgumentException when a part is none of these; the message says which
     */
    public static PlaceRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = TEXT.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("found \"" + Printable.line(part.strip(), 40)
                    + "\", expected partition@offset such as 0@17, or a range such as 0@17-42 or 0@17-");
            }
            long first = Long.parseLong(matcher.group(2));
            long last = matcher.group(3) == null ? first : matcher.group(4) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(4));
            if (last < first) {
                throw new IllegalArgumentException("found \"" + part.strip() + "\", whose last offset is below its first");
            }
            ranges.add(new Range(Integer.parseInt(matcher.group(1)), first, last));
        }
        return new PlaceRanges(ranges);
    }

    /** @return whether the place is one of these */
    public boolean contain(Place place) {
        return ranges.stream().anyMatch(range ->
            range.partition == place.partition() && range.first <= place.offset() && place.offset() <= range.last);
    }

    private record Range(int partition, long first, long last) {
    }
}
