package org.trustpaybridge.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found. Rows with a bound are promises, the others are told for information.
 */
record Judgement(ChaosSettings settings, Story story, List<Row> rows) {

    /** What happened. */
    record Story(Instant began, Duration length, Duration drain, int killed, int brokerRestarts) {
    }

    /**
     * A line of the table.
     *
     * @param promise whether it must be 0
     * @param examples some of those found
     */
    record Row(String what, String found, boolean promise, List<String> examples) {

        static Row promise(String what, List<String> violations) {
            return new Row(what, Integer.toString(violations.size()), true, violations.subList(0, Math.min(10, violations.size())));
        }

        static Row fact(String what, Object found) {
            return new Row(what, found.toString(), false, List.of());
        }

        boolean violated() {
            return promise && !"0".equals(found);
        }
    }

    /** The violated promises, with examples. */
    List<String> violations() {
        return rows.stream().filter(Row::violated).map(row -> row.what() + ": " + row.found() + " " + row.examples()).toList();
    }

    /** 80 columns. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add("Chaos run of %s, seed %d".formatted(
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC).format(story.began()), settings.seed()));
        lines.add("-".repeat(80));
        for (Row row : rows) {
            String verdict = row.promise() ? row.violated() ? "must be 0  BROKEN" : "must be 0  kept" : "";
            lines.add("%-46s %15s %s".formatted(row.what(), row.found(), verdict).stripTrailing());
        }
        lines.add("-".repeat(80));
        return String.join(System.lineSeparator(), lines);
    }
}
