package org.trustpaybridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.testkit.GeneratedDocument;

/** The catalogue of log events, the code that logs and the documentation. {@code -Ddocs.update=true} writes the documentation anew. */
class LogEventsTest {

    private static final Path REFERENCE = Path.of("docs/log-events.md");
    private static final Path SOURCES = Path.of("src/main/java/org/trustpaybridge");
    private static final Pattern GROUP = Pattern.compile("(?s)<!-- events ([0-9]{2}) -->\\n.*?<!-- end -->");
    private static final Pattern USE = Pattern.compile("LogEvent\\.([A-Z_]+)\\b");
    private static final Pattern FIELD = Pattern.compile("addKeyValue\\(\"([a-z_]+)\"");
    private static final Pattern FIELDS_OF_ROW = Pattern.compile("(?m)^\\| (`[a-z_]+`(?:, `[a-z_]+`)*) \\|");

    @Test
    void codes_are_unique_and_none_is_used_again() {
        assertThat(Stream.concat(codes().stream(), LogEvent.RETIRED.stream())).doesNotHaveDuplicates()
            .allMatch(code -> code.matches("TPB[0-9]{4}"));
    }

    /** So that an event cannot vanish without leaving its code among the retired ones. */
    @Test
    void the_codes_of_a_group_have_no_gap_that_is_not_a_retired_code() {
        // Given
        Map<String, List<String>> groups = Stream.concat(codes().stream(), LogEvent.RETIRED.stream()).sorted()
            .collect(Collectors.groupingBy(LogEventsTest::groupOf));

        // Then
        assertThat(groups).allSatisfy((group, codes) -> assertThat(codes).containsExactlyElementsOf(
            IntStream.range(0, codes.size()).mapToObj(i -> "TPB%s%02d".formatted(group, i + 1)).toList()));
    }

    @Test
    void the_reference_is_the_catalogue() throws IOException {
        GeneratedDocument.assertUpToDate(REFERENCE, GROUP, group -> events(group.group(1)));
    }

    @Test
    void the_reference_has_a_part_for_every_group() throws IOException {
        assertThat(GROUP.matcher(Files.readString(REFERENCE)).results().map(group -> group.group(1)))
            .containsExactlyElementsOf(codes().stream().map(LogEventsTest::groupOf).sorted().distinct().toList());
    }

    @Test
    void every_event_is_logged_somewhere() throws IOException {
        assertThat(found(USE)).containsAll(Stream.of(LogEvent.values()).map(Enum::name).toList());
    }

    @Test
    void every_field_of_a_line_is_explained() throws IOException {
        // Given
        Set<String> explained = FIELDS_OF_ROW.matcher(Files.readString(REFERENCE)).results()
            .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", "))).collect(Collectors.toSet());

        // When
        Set<String> logged = found(FIELD);

        // Then
        logged.add(LogEvent.KEY);
        assertThat(logged).hasSizeGreaterThan(20);
        assertThat(explained).containsExactlyInAnyOrderElementsOf(logged);
    }

    private static List<String> codes() {
        return Stream.of(LogEvent.values()).map(LogEvent::code).toList();
    }

    private static String groupOf(String code) {
        return code.substring(3, 5);
    }

    private static String events(String group) {
        return Stream.of(LogEvent.values()).filter(event -> groupOf(event.code()).equals(group))
            .map(event -> "\n### " + event.code() + "\n\n" + event.level() + " `" + event.sentence().replace("{}", "...") + "`\n\n"
                + event.meaning() + "\n" + (event.action().equals("Nothing.") ? "Nothing to do." : "**Do:** " + event.action()) + "\n")
            .collect(Collectors.joining("", "", "\n"));
    }

    /** Not in the simulator: it is a tool of its own, whose lines carry no codes. */
    private static Set<String> found(Pattern pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java") && !path.toString().contains("simulator")).toList()) {
                pattern.matcher(Files.readString(file)).results().forEach(match -> names.add(match.group(1)));
            }
        }
        return names;
    }
}
