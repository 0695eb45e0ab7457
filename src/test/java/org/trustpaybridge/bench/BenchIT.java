package org.trustpaybridge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, with few orders: it must measure all there is and account for every order. How fast they are is not asked here. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BenchIT {

    @TempDir
    private Path directory;

    @Test
    @Tag("chaos")
    void all_programs_are_measured_and_every_order_is_accounted_for() throws IOException {
        // A bridge with more than 500 calls in flight did not start once.
        Scenario scenario = Scenario.of("small", "a few orders").time(ProviderTime.fixed(5)).orders(50, 150).rate(200).partitions(2)
            .concurrency(600)
            .goals(Goal.atLeast("orders a second", 1_000_000, summary -> summary.median(Contender.BRIDGE, Measurement::ordersPerSecond)));
        Path archive = Path.of(System.getProperty("bridge.archive"));
        BenchSettings settings =
            new BenchSettings(List.of(scenario), 1, List.of(Contender.values()), List.of("-Xmx256m"), archive, false, directory, false);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        List<Summary> summaries = new Bench(settings, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        String table = printed.toString(StandardCharsets.UTF_8);
        assertThat(summaries).singleElement().satisfies(summary -> {
            assertThat(summary.accountedFor()).as(table).isTrue();
            assertThat(summary.measurements()).extracting(Measurement::program).containsExactly(Contender.values());
            assertThat(summary.measurements()).allSatisfy(each -> {
                assertThat(each.ordersPerSecond()).isBetween(1.0, 1_000.0);
                assertThat(each.cpuPerThousand()).isPositive();
                assertThat(each.peakMegabytes()).isBetween(50.0, 1_000.0);
                assertThat(each.startSeconds()).isBetween(0.2, 60.0);
                assertThat(each.callsPerOrder()).isEqualTo(1.0);
                assertThat(each.providerMillis()).isEqualTo(5.0);
                // Not faster than the provider; Kafka's times are whole milliseconds.
                assertThat(each.p50()).isGreaterThanOrEqualTo(4.0);
                assertThat(each.max()).isGreaterThanOrEqualTo(each.p99()).isGreaterThanOrEqualTo(each.p50());
            });
        });
        assertThat(table).contains("bridge median").contains("MISSED orders a second").doesNotContain("NOT ACCOUNTED");
        assertThat(table.lines()).allMatch(line -> line.length() <= 80, "80 columns");
        JsonNode json = new ObjectMapper().readTree(directory.resolve("small.json").toFile());
        assertThat(json.path("accounted_for").asBoolean()).isTrue();
        assertThat(json.path("measurements")).hasSize(Contender.values().length);
        assertThat(json.path("goals").path(0).path("met").asBoolean(true)).isFalse();
    }
}
