package org.trustpaybridge.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.trustpaybridge.provider.ErrorCodes;
import org.trustpaybridge.testkit.GeneratedDocument;

/** The catalogue and the documentation say the same. {@code -Ddocs.update=true} writes the tables anew. */
class MetricsDocumentationTest {

    private static final Path REFERENCE = Path.of("docs/metrics.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- table (metrics|labels) -->\\n.*?<!-- end -->");

    @Test
    void the_reference_has_the_tables_of_the_catalogue() throws IOException {
        GeneratedDocument.assertUpToDate(REFERENCE, TABLE, table -> table.group(1).equals("metrics") ? metrics() : labels());

        assertThat(TABLE.matcher(Files.readString(REFERENCE)).results().map(table -> table.group(1))).containsExactly("metrics", "labels");
    }

    @Test
    void names_follow_the_conventions_of_prometheus() {
        assertThat(Metric.values()).allSatisfy(metric -> {
            assertThat(metric.prometheusName()).matches("trustpay_bridge_[a-z]+(_[a-z]+)*");
            assertThat(metric.prometheusName().endsWith("_total")).as("%s ends in _total", metric)
                .isEqualTo(metric.type() == Metric.Type.COUNTER);
            if (metric.type() == Metric.Type.HISTOGRAM) {
                assertThat(metric.prometheusName()).endsWith("_seconds");
            }
        });
        assertThat(Stream.of(Metric.values()).map(Metric::prometheusName)).doesNotHaveDuplicates();
    }

    private static String metrics() {
        return Stream.of(Metric.values()).map(metric -> "| `" + metric.prometheusName() + "` | " + metric.type().name().toLowerCase()
            + " | "
            + metric.unit() + " | " + metric.labels().stream().map(label -> "`" + label.name() + "`").collect(Collectors.joining(", "))
            + " | " + metric.meaning() + " |\n")
            .collect(Collectors.joining("", "| Name | Type | Unit | Labels | What it tells |\n|---|---|---|---|---|\n", ""));
    }

    private static String labels() {
        StringBuilder table = new StringBuilder("| Metric | Label | Values | Meaning |\n|---|---|---|---|\n");
        for (Metric metric : Metric.values()) {
            for (Label label : metric.labels()) {
                table.append("| `").append(metric.prometheusName()).append("` | `").append(label.name()).append("` | ")
                    .append(values(label)).append(" | ").append(label.meaning()).append(" |\n");
            }
        }
        return table.toString();
    }

    /** Provider codes are shortened to ranges. */
    private static String values(Label label) {
        List<String> words = label.values().stream().filter(value -> !value.matches("\\d{4}")).toList();
        String listed = words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        String codes = label.values().size() == words.size() ? "" : ", " + ranges();
        return label.values().isEmpty() ? "any" : listed + codes;
    }

    private static String ranges() {
        List<Integer> codes = List.copyOf(ErrorCodes.named());
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < codes.size();) {
            int to = from;
            while (to + 1 < codes.size() && codes.get(to + 1) == codes.get(to) + 1) {
                to++;
            }
            text.append(from == 0 ? "" : ", ").append('`').append(codes.get(from)).append('`');
            if (to > from) {
                text.append(to == from + 1 ? ", `" : " to `").append(codes.get(to)).append('`');
            }
            from = to + 1;
        }
        return text.toString();
    }
}
