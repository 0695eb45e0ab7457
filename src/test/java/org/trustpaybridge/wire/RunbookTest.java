package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alert rules, their paragraphs and the dashboard, as far as they can be held to their rules without Prometheus and Grafana. */
class RunbookTest {

    private static final Path RUNBOOK = Path.of("docs/runbook.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (TrustPayBridge\\w+)$");

    @Test
    void each_alert_links_to_its_paragraph_and_there_is_no_paragraph_without_an_alert() throws IOException {
        List<String> paragraphs = HEADING.matcher(Files.readString(RUNBOOK)).results().map(heading -> heading.group(1)).toList();

        assertThat(Watchers.alerts()).extracting(alert -> (Object) alert.get("alert").toString()).containsExactlyElementsOf(paragraphs);
        assertThat(Watchers.alerts()).allSatisfy(alert -> {
            assertThat(Watchers.annotations(alert).get("runbook_url"))
                .isEqualTo("docs/runbook.md#" + alert.get("alert").toString().toLowerCase(Locale.ROOT));
            assertThat(Watchers.annotations(alert).get("summary").toString()).isNotBlank();
            assertThat(((Map<?, ?>) alert.get("labels")).get("severity")).isIn("critical", "warning", "info");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"**Means:**", "**How bad:**", "**Look:**", "**Do:**"})
    void each_paragraph_says(String part) throws IOException {
        String[] paragraphs = Files.readString(RUNBOOK).split("(?m)^## ");

        assertThat(Stream.of(paragraphs).filter(paragraph -> paragraph.startsWith("TrustPayBridge"))).isNotEmpty()
            .allSatisfy(paragraph -> assertThat(paragraph).contains(part));
    }

    @Test
    void panels_do_not_overlap_and_each_says_what_it_shows() {
        boolean[][] taken = new boolean[200][24];
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : Watchers.dashboard().path("panels")) {
            ids.add(panel.path("id").intValue());
            JsonNode place = panel.path("gridPos");
            for (int y = place.path("y").intValue(); y < place.path("y").intValue() + place.path("h").intValue(); y++) {
                for (int x = place.path("x").intValue(); x < place.path("x").intValue() + place.path("w").intValue(); x++) {
                    assertThat(taken[y][x]).as("%s at %d,%d", panel.path("title"), x, y).isFalse();
                    taken[y][x] = true;
                }
            }
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("type").asText().equals("row") || !panel.path("description").asText().isBlank())
                .as(panel.path("title").asText()).isTrue();
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    /** Runs where Prometheus is installed. */
    @Test
    void alerts_fire_when_they_should_and_not_otherwise() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))))
            .as("promtool is installed").isTrue();

        Process promtool = new ProcessBuilder("promtool", "test", "rules", "src/test/resources/prometheus/alerts.test.yml")
            .redirectErrorStream(true).start();
        String output = new String(promtool.getInputStream().readAllBytes());

        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(output).isZero();
    }
}
