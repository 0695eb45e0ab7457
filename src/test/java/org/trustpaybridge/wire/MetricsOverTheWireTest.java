package org.trustpaybridge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trustpaybridge.observe.metrics.Label;
import org.trustpaybridge.observe.metrics.Metric;
import org.trustpaybridge.simulator.FaultPlan;

/** Orders of every fate and an outage go through a bridge; then its metrics are held to the catalogue. */
class MetricsOverTheWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");
    private static final Set<String> METRICS_OF_PROMETHEUS = Set.of("up");

    private static WireRig rig;
    private static Scrape held;
    private static Scrape after;

    @BeforeAll
    static void send_orders_of_every_fate() throws Exception {
        rig = new WireRig(List.of("payment-status-changed"), Map.of("NOTIFICATIONS_ENABLED", "true", "NOTIFICATIONS_PORT",
            Integer.toString(org.trustpaybridge.testkit.FreePorts.one())));
        for (String id : List.of("good", "sim-503x1-hick", "sim-1001-wrong", "sim-1006-used", "sim-9999-unclear",
            "sim-reset-afterx1-lost")) {
            rig.publish(id, Events.order(id).replace("\"cs_CZ\"", "\"cs\""));
        }
        rig.publish("bad", "{}");
        for (String id : List.of("good", "sim-503x1-hick", "sim-reset-afterx1-lost")) {
            rig.kafka.awaitRecord(WireRig.OUT, id);
        }
        for (String id : List.of("sim-1001-wrong", "sim-1006-used", "sim-9999-unclear", "bad")) {
            rig.kafka.awaitRecord(WireRig.DEAD, id);
        }
        rig.publish("good", Events.order("good"));
        rig.publish("good", Events.order("good", 2000));
        rig.kafka.awaitRecord(WireRig.DEAD, "good");

        rig.simulator.faults(FaultPlan.parse("503=100%"));
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> "outage-" + i).toList();
        ids.forEach(id -> rig.publish(id, Events.order(id)));
        await().atMost(PATIENCE).until(() -> (held = scrape()).sum("trustpay_bridge_provider_state", "state", "OUTAGE") == 1
            && held.sum("trustpay_bridge_partition_lag_records") == 100);
        rig.simulator.faults(FaultPlan.NONE);
        System.gc();
        await().atMost(PATIENCE).until(() -> (after = scrape()).sum("trustpay_bridge_in_flight_records") == 0
            && after.sum("trustpay_bridge_records_finished_total", "outcome", "published") == 103
            && after.sum("trustpay_bridge_partition_lag_records") == 0 && !after.named("jvm_gc_pause_seconds_sum").isEmpty());
        if (System.getProperty("scrape.file") != null) {
            Files.writeString(Path.of(System.getProperty("scrape.file")), rig.get("/observe/metrics"));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @Test
    void every_metric_of_the_catalogue_is_there_with_its_type_and_its_labels() {
        for (Metric metric : Metric.values()) {
            String sampled = metric.type() == Metric.Type.HISTOGRAM ? metric.prometheusName() + "_count" : metric.prometheusName();

            assertThat(after.named(sampled)).as(sampled).isNotEmpty().allSatisfy(sample -> {
                assertThat(sample.labels().keySet()).containsExactlyInAnyOrderElementsOf(metric.labels().stream().map(Label::name)
                    .toList());
                metric.labels().stream().filter(label -> !label.values().isEmpty())
                    .forEach(label -> assertThat(label.values()).contains(sample.labels().get(label.name())));
            });
            assertThat(after.types()).containsEntry(metric.prometheusName(), metric.type().word());
        }
    }

    @Test
    void there_is_no_metric_of_ours_beside_the_catalogue() {
        List<String> known = Stream.of(Metric.values()).flatMap(metric -> metric.type() == Metric.Type.HISTOGRAM
            ? Stream.of("_bucket", "_count", "_sum", "_max").map(suffix -> metric.prometheusName() + suffix)
            : Stream.of(metric.prometheusName())).toList();

        assertThat(after.names().stream().filter(name -> name.startsWith("trustpay_"))).isSubsetOf(known);
    }

    @Test
    void outcomes_are_counted_by_kind_and_code() {
        String finished = "trustpay_bridge_records_finished_total";

        assertThat(after.sum(finished, "outcome", "published", "code", "none")).isEqualTo(103);
        assertThat(after.sum(finished, "outcome", "repeat")).isEqualTo(1);
        assertThat(after.sum(finished, "outcome", "dead-letter", "code", "INVALID_EVENT")).isEqualTo(1);
        assertThat(after.sum(finished, "outcome", "dead-letter", "code", "PROVIDER_REJECTED")).isEqualTo(1);
        assertThat(after.sum(finished, "outcome", "dead-letter", "code", "PROVIDER_UNCLEAR")).isEqualTo(1);
        assertThat(after.sum(finished, "outcome", "dead-letter", "code", "ORDER_EXISTS")).isEqualTo(2);
        assertThat(after.sum("trustpay_bridge_record_latency_seconds_count")).isEqualTo(after.sum(finished));
    }

    @Test
    void failures_and_retries_say_why() {
        String failures = "trustpay_bridge_provider_failures_total";

        assertThat(after.sum(failures, "outcome", "REJECTED", "reason", "ERROR_CODE", "provider_error_code", "1001")).isEqualTo(1);
        assertThat(after.sum(failures, "outcome", "UNCLEAR", "provider_error_code", "9999")).isEqualTo(2);
        assertThat(after.sum(failures, "outcome", "TRANSIENT", "http_status", "503")).isGreaterThan(5);
        assertThat(after.sum(failures, "reason", "CONNECTION_LOST")).isEqualTo(1);
        assertThat(after.sum("trustpay_bridge_retries_total", "reason", "CONNECTION_LOST")).isEqualTo(1);
        assertThat(after.sum("trustpay_bridge_retries_total", "reason", "ERROR_CODE")).isEqualTo(1);
    }

    @Test
    void a_post_is_a_call_and_so_is_each_question() {
        String calls = "trustpay_bridge_provider_calls_seconds_count";

        assertThat(after.sum(calls)).as("create, look-up, check-posts, check-account").isEqualTo(rig.simulator.requests());
        assertThat(after.sum(calls, "call", "create", "outcome", "CREATED", "status", "2xx")).isEqualTo(103);
        assertThat(after.sum(calls, "call", "create", "status", "none")).isEqualTo(1);
        assertThat(after.sum(calls, "call", "look-up")).isGreaterThan(0);
    }

    @Test
    void the_ledger_is_counted_with_what_it_spared() {
        assertThat(after.sum("trustpay_bridge_ledger_orders")).isEqualTo(103);
        assertThat(after.sum("trustpay_bridge_ledger_complete")).isEqualTo(1);
        assertThat(after.sum("trustpay_bridge_ledger_hits_total", "result", "repeat", "stage", "before-call")).isEqualTo(1);
        assertThat(after.sum("trustpay_bridge_ledger_hits_total", "result", "conflict", "stage", "before-call")).isEqualTo(1);
    }

    @Test
    void in_an_outage_the_lag_counts_what_was_fetched_and_what_was_not() {
        assertThat(held.sum("trustpay_bridge_in_flight_records")).as("fetched").isBetween(1.0, 100.0);
        assertThat(held.sum("trustpay_bridge_partition_lag_records")).isEqualTo(100);
        assertThat(held.sum("trustpay_bridge_oldest_in_flight_age_seconds")).isGreaterThan(0);
        assertThat(held.sum("trustpay_bridge_provider_state")).isEqualTo(1);
        assertThat(after.sum("trustpay_bridge_provider_state", "state", "FLOWING")).isEqualTo(1);
        assertThat(after.sum("trustpay_bridge_provider_state_since_timestamp_seconds"))
            .isGreaterThan(held.sum("trustpay_bridge_provider_state_since_timestamp_seconds"));
    }

    @Test
    void offsets_of_the_partitions_come_together_when_all_is_done() {
        double records = after.sum("trustpay_bridge_records_finished_total");

        for (String offset : List.of("committed", "finished", "position", "end")) {
            assertThat(after.sum("trustpay_bridge_partition_" + offset + "_offset")).as(offset).isEqualTo(records);
        }
        assertThat(after.sum("trustpay_bridge_partition_open_records")).isZero();
    }

    @Test
    void a_scrape_stays_small_and_names_no_order_and_no_address() {
        assertThat(after.samples()).hasSizeLessThan(700);
        assertThat(after.samples()).noneSatisfy(sample -> assertThat(sample.labels().values()).anyMatch(value ->
            value.contains("outage-") || value.contains("sim-") || value.contains("http://") || value.contains("@")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("watchers")
    void every_metric_and_label_of_dashboard_and_alerts_is_in_a_real_scrape(Watchers.Query query) {
        PromQl names = PromQl.of(query.expression());
        Set<String> labels = new TreeSet<>(LABELS_OF_PROMETHEUS);

        assertThat(names.selectors()).as(query.expression()).isNotEmpty();
        for (PromQl.Selector selector : names.selectors()) {
            if (METRICS_OF_PROMETHEUS.contains(selector.metric())) {
                continue;
            }
            List<Scrape.Sample> matching = after.named(selector.metric()).stream().filter(sample -> selector.matchers().stream()
                .filter(matcher -> !LABELS_OF_PROMETHEUS.contains(matcher.label()))
                .allMatch(matcher -> matcher.operator().equals("=") ? matcher.value().equals(sample.labels().get(matcher.label()))
                    : sample.labels().containsKey(matcher.label()))).toList();
            assertThat(matching).as("%s in %s", selector, query.expression()).isNotEmpty();
            matching.forEach(sample -> labels.addAll(sample.labels().keySet()));
        }
        assertThat(labels).containsAll(names.labels()).containsAll(query.shown());
    }

    static Stream<Watchers.Query> watchers() {
        return Watchers.all();
    }

    @Test
    void every_metric_that_counts_orders_or_time_is_on_the_dashboard_or_has_an_alert() {
        Set<String> used = Watchers.all().flatMap(query -> PromQl.of(query.expression()).selectors().stream()).map(PromQl.Selector::metric)
            .map(name -> name.replaceFirst("_(bucket|count|sum)$", "")).collect(Collectors.toSet());

        // Sizes, offsets and decisions that are for those who look closer.
        List<String> closer = List.of("trustpay_bridge_in_flight_bytes", "trustpay_bridge_partition_end_offset",
            "trustpay_bridge_payment_status_orders", "trustpay_bridge_payment_status_bytes",
            "trustpay_bridge_partition_open_records", "trustpay_bridge_position_decisions_total");
        assertThat(Stream.of(Metric.values()).map(Metric::prometheusName).filter(name -> !closer.contains(name))).isSubsetOf(used);
    }

    private static Scrape scrape() throws Exception {
        return Scrape.of(rig.get("/observe/metrics"));
    }
}
